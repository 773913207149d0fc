import { useEffect } from "react";
import { usePlay } from "./play-store.ts";

/** Space plays and stops, b bypasses, l loops. A control that was reached with the Tab key keeps its own Space. */
export function useKeyboard(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
      const { model, bypass, loop, togglePlaying, setBypass, setLoop } = usePlay.getState();
      const target = event.target instanceof Element ? event.target : undefined;
      if (model === undefined || target?.matches(textFields) === true) return;
      const key = event.key.toLowerCase();
      if (key === " " && target?.matches(focusedControls) !== true) void togglePlaying();
      else if (key === "b") setBypass(!bypass);
      else if (key === "l") setLoop(!loop);
      else return;
      // Space would also press the button that was clicked last, and scroll the page.
      event.preventDefault();
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, []);
}

const textFields = 'textarea, select, input:not([type="checkbox"], [type="radio"])';
const focusedControls = ":is(button, a, input):focus-visible";
