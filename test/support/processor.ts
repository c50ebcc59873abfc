// Processor time, for tests that hold something to be cheap: how busy the machine is does not count.

/** What this process has used of it so far, in milliseconds. */
export function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}
