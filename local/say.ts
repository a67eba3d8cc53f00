/** Tells a person what the start-up is busy with. On the error stream, since the output may be one JSON object. */
export function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
