// Channels between a shell and its core's process: Node's pipe between parent and child.
import type { ChildProcess } from "node:child_process";
import type { Channel } from "../../ipc/port.ts";

/** The shell's end. */
export function channelTo(child: ChildProcess): Channel {
  return {
    send: (text) => {
      if (child.connected) child.send(text, () => {});
    },
    receive: (onText, onEnd) => {
      child.on("message", (text) => typeof text === "string" && onText(text));
      child.once("disconnect", onEnd);
      child.once("exit", onEnd);
      child.once("error", onEnd);
    },
    close: () => {
      if (child.connected) child.disconnect();
    },
  };
}

/** The core's end; Node keeps what arrives before anyone listens. */
export function channelToParent(): Channel {
  return {
    send: (text) => {
      if (process.connected) process.send?.(text, undefined, undefined, () => {});
    },
    receive: (onText, onEnd) => {
      process.on("message", (text) => typeof text === "string" && onText(text));
      process.once("disconnect", onEnd);
    },
    close: () => {
      if (process.connected) process.disconnect();
    },
  };
}
