import { useEffect, useRef } from "react";

/** Calls `draw` before every frame that the browser paints, while `active`, and once more after. */
export function useAnimationFrame(draw: () => void, active: boolean): void {
  const latest = useRef(draw);
  useEffect(() => {
    latest.current = draw;
  });
  useEffect(() => {
    let frame = 0;
    const tick = () => {
      latest.current();
      if (active) frame = requestAnimationFrame(tick);
    };
    frame = requestAnimationFrame(tick);
    return () => cancelAnimationFrame(frame);
  }, [active]);
}
