/**
 * The `blocks` of a `RecordingStream` from a generator function: a second call is a mistake of the program, since what
 * it would give has been given already.
 */
export function readOnce<Block>(start: () => AsyncIterable<Block>): () => AsyncIterable<Block> {
  let started = false;
  return () => {
    if (started) throw new Error("bug: the blocks of a recording were read a second time; open it again");
    started = true;
    return start();
  };
}
