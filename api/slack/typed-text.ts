/** What somebody typed, of the text that Slack makes of it: links and entities undone, typographic signs as on a keyboard. */
export function typedText(text: string): string {
  return text
    .replaceAll(/<(?:https?:\/\/|mailto:)[^<>|]*\|([^<>]*)>/g, "$1")
    .replaceAll(/<((?:https?:\/\/|mailto:)[^<>|]*)>/g, "$1")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&")
    .normalize("NFKC")
    .replaceAll(/[\p{Cf}\p{Cc}]/gu, (sign) => (/\s/.test(sign) ? " " : ""))
    .replaceAll(/[“”„‟«»]/g, '"')
    .replaceAll(/[‘’‚‛`´]/g, "'")
    .replaceAll(/[‐‑‒–—―−]/g, "-")
    .replaceAll(/[×✕✖⨯]/g, "x")
    .replaceAll(/[∗＊]/g, "*")
    .replaceAll(/\s+/g, " ")
    .trim();
}
