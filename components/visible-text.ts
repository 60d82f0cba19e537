/** Keys and messages come from whoever wrote the object: nothing in them may hide, reorder or imitate text on our pages. */

export interface TextSegment {
  text: string;
  /** The text stands for a character that would not be seen as itself. */
  hidden: boolean;
}

/** Controls, unassigned and private characters, lone surrogates, whatever is ignored when shown (bidi, zero width, fillers, variation selectors), and odd spaces. */
const unseen = /[\p{C}\p{Zl}\p{Zp}\p{DI}]|(?! )\p{Zs}/u;
const shortNames: Record<string, string> = {
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
};

const nameOf = (character: string): string => shortNames[character] ?? `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;

/** Splits text into what is safe to show as it is and stand-ins for what is not. Spaces at either end count as hidden. */
export function visibleSegments(text: string): TextSegment[] {
  const characters = [...text];
  const lastInk = characters.findLastIndex((character) => character !== " ");
  const firstInk = characters.findIndex((character) => character !== " ");
  const segments: TextSegment[] = [];
  characters.forEach((character, index) => {
    const edgeSpace = character === " " && (index < firstInk || index > lastInk);
    if (edgeSpace) segments.push({ text: "space", hidden: true });
    else if (unseen.test(character)) segments.push({ text: nameOf(character), hidden: true });
    else {
      const last = segments.at(-1);
      if (last && !last.hidden) last.text += character;
      else segments.push({ text: character, hidden: false });
    }
  });
  return segments;
}

/** One string, stand-ins in angle brackets: for attributes and toasts, where nothing can be styled. */
export const visibleText = (text: string): string =>
  visibleSegments(text)
    .map((segment) => (segment.hidden ? `<${segment.text}>` : segment.text))
    .join("");

/**
 * Keeps both ends of a long text, since keys share their beginnings and differ at their ends.
 * @param max code points that remain, the ellipsis included
 * @returns null when the text is short enough
 */
export function cutMiddle(text: string, max: number): { head: string; tail: string } | null {
  const characters = [...text];
  if (characters.length <= max) return null;
  const tail = Math.floor((max - 1) / 2);
  return {
    head: characters.slice(0, max - 1 - tail).join(""),
    tail: characters.slice(characters.length - tail).join(""),
  };
}

/** Indented JSON in which what hides is written as an escape, so that it can be read and is still the same JSON. */
export const visibleJson = (value: unknown): string =>
  JSON.stringify(value, null, 2).replace(/[\u007f-\u00a0\p{Cf}\p{Zl}\p{Zp}\p{DI}]/gu, (character) =>
    character
      .split("")
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
      .join(""),
  );
