// @ts-check
/** What a phone loads once it is wanted: the own turn, what is said of a speaker, and all that is not of every day. */

export { menu } from "./menu.js";
export { asked, withdrawn } from "./more/asked.js";
export { besidesTheList, fields, missing } from "./more/fields.js";
export { floor, interrupted, thanked } from "./more/floor.js";
export { announcedLabel, changesAt, cues, lastCall, news } from "./more/news.js";
export { Cues } from "./more/cues.js";
export { aboutSpeaker, forget, said, saidInShort } from "./more/speaker.js";
export { next, suspended, waiting } from "./more/waiting.js";

/** Resolves when the styles of all this are there; it is shown without them when they do not come. */
export function dressed() {
  const address = new URL("../../css/phone-more.css", import.meta.url).href;
  return new Promise((resolve) => {
    const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: address, onload: resolve, onerror: resolve });
    document.head.append(link);
  });
}
