import type { OpenPool } from "./protocol.ts";
import { Replica } from "./replica.ts";

/** A pool of one replica in the caller's own thread: for one thread, for tests, and where there are no workers. */
export const openLocalPool: OpenPool = async (config) => {
  const replica = new Replica(config);
  return {
    threads: 1,
    ask: async (requests) => requests.map((request) => replica.answer(request)),
    close: async () => {},
  };
};
