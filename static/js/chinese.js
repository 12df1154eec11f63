// @ts-check
/** Brings a font to a device that has none for Chinese: a stage computer, not a phone. Nothing waits for it. */

const SIZE = 100;

addEventListener("load", () => {
  const pen = document.createElement("canvas").getContext("2d");
  if (!pen) return;
  pen.font = `${SIZE}px sans-serif`;
  // A Chinese sign is as wide as it is high; the box that stands for a missing one is narrower.
  if (Math.abs(pen.measureText("中").width - SIZE) < 1) return;
  const sheet = document.createElement("link");
  sheet.rel = "stylesheet";
  sheet.href = new URL("../fonts/noto-sans-sc.css", import.meta.url).href;
  document.head.append(sheet);
});
