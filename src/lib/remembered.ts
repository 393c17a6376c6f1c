/**
 * A function that remembers its answers, for one that always answers the same to the same text and takes long. It
 * forgets the older half of them once it knows `most`: memory stays small whatever it is asked.
 */
export function remembered<Answer>(most: number, answer: (text: string) => Answer): (text: string) => Answer {
  let recent = new Map<string, Answer>();
  let older = new Map<string, Answer>();
  return (text) => {
    let known = recent.get(text);
    if (known !== undefined || recent.has(text)) return known as Answer;
    known = older.has(text) ? (older.get(text) as Answer) : answer(text);
    if (recent.size >= most / 2) [older, recent] = [recent, new Map<string, Answer>()];
    recent.set(text, known);
    return known;
  };
}
