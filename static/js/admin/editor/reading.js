// Counting words as articles/reading.py does, so that the desk and the page say the same.

// Scripts written without spaces count in characters.
const UNSPACED = /[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]/g
const WORD = /[\p{L}\p{N}_]+(?:['’ʼ\-.,:][\p{L}\p{N}_]+)*/gu

/** {words, minutes} of `text` at these speeds a minute; minutes are whole, rounded up, at least 1. */
export function measure(text, { wordsAMinute, charactersAMinute }) {
  const unspaced = text.match(UNSPACED)?.length ?? 0
  const spaced = text.replace(UNSPACED, " ").match(WORD)?.length ?? 0
  const minutes = Math.max(1, Math.ceil(spaced / wordsAMinute + unspaced / charactersAMinute))
  return { words: spaced + unspaced, minutes }
}
