/** One line of a scrape. */
export interface Sample {
  name: string;
  labels: Record<string, string>;
  value: number;
}

const LINE = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)$/;
const LABEL = /([a-zA-Z_]\w*)="((?:[^"\\]|\\.)*)"/g;

/** Reads the text form of Prometheus; throws at a line that is none, and at a metric without its help and type. */
export function samplesOf(text: string): Sample[] {
  const described = new Set<string>();
  return text.split('\n').flatMap((line) => {
    if (line === '') return [];
    const comment = /^# (HELP|TYPE) (\S+) \S+/.exec(line);
    if (comment !== null) {
      described.add(`${comment[1]} ${comment[2]}`);
      return [];
    }
    const [, name = '', labels = '', value = ''] = LINE.exec(line) ?? [];
    const family = described.has(`TYPE ${name}`) ? name : name.replace(/_(bucket|sum|count)$/, '');
    if (!described.has(`HELP ${family}`) || !described.has(`TYPE ${family}`))
      throw new Error(`no sample of a described metric: ${line}`);
    return [
      {
        name,
        labels: Object.fromEntries(
          [...labels.matchAll(LABEL)].map(([, key, text]) => [key ?? '', text ?? '']),
        ),
        value: Number(value),
      },
    ];
  });
}
