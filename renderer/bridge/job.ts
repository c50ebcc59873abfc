// Long work from a screen: its name, its progress in words to be, a way to stop it.
import { useEffect, useRef, useState } from "react";
import { call, listen } from "./bridge.ts";

export type Progress = { readonly step: string; readonly done: number; readonly total: number };

/** A fresh job name for one piece of work, with what is told of it meanwhile. */
export function useJob(): {
  readonly start: () => string;
  readonly progress: Progress | undefined;
  readonly stop: () => void;
} {
  const job = useRef<string | undefined>(undefined);
  const [progress, setProgress] = useState<Progress>();
  useEffect(
    () =>
      listen((event) => {
        if (event.type === "job.progress" && event.job === job.current)
          setProgress({ step: event.step, done: event.done, total: event.total });
      }),
    [],
  );
  return {
    start: () => {
      job.current = crypto.randomUUID();
      setProgress(undefined);
      return job.current;
    },
    progress,
    stop: () => {
      if (job.current !== undefined) void call("jobs.cancel", { job: job.current });
    },
  };
}
