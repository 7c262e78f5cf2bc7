// Runs of anything but white space, as `nextstep.design.words` counts on the server: otherwise the two could disagree
// about the last word, and the design system's own count leaves out what its dictionary does not take for a word.
export function countWords(text) {
  return (text.match(/\S+/g) ?? []).length;
}
