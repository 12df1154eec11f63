// @ts-check
/** One soft tone at the end of the time where the clock goes on (firm): whoever speaks looks at the papers, not at the display. */

/** @typedef {import("../store.js").View} View */

/** Heard later than this it would tell of something else. */
const LATE = 1_500;

/** How long it sounds, in seconds; how loud, of 1. */
const LENGTH = 0.9;
const LOUD = 0.25;

/** The tone and, softer, the one that is a fifth above it, in hertz. */
const TONES = /** @type {const} */ ([[587, 1], [880, 0.4]]);

export class Chime {
  /** Whose clock was seen to run, and what was left of it. @type {{of: string, left: number} | null} */
  #before = null;
  #ring;

  /** @param {() => void} ring makes it heard */
  constructor(ring) {
    this.#ring = ring;
  }

  /** Rings when a firm clock that was seen to run has come to its end. @param {View["floor"]} floor @param {number} left of the speaking time, in ms @param {boolean} silent */
  follow(floor, left, silent) {
    const before = this.#before;
    this.#before = floor === null ? null : { of: floor.id, left };
    if (silent || floor?.enforcement !== "firm" || before?.of !== floor.id) return;
    if (before.left > 0 && left <= 0 && left > -LATE) this.#ring();
  }
}

/**
 * A bell of this browser. Many let a page be heard only once somebody has touched it: then it is silent until that, and no
 * chime comes late.
 */
export class Bell {
  /** @type {AudioContext | null} */
  #context = null;

  constructor() {
    try {
      this.#context = new AudioContext();
    } catch {
      return; // a device without sound
    }
    for (const touch of ["pointerdown", "keydown"]) addEventListener(touch, () => this.#context?.resume());
  }

  ring() {
    const context = this.#context;
    if (context?.state !== "running") return;
    const from = context.currentTime;
    for (const [hertz, share] of TONES) {
      const tone = new OscillatorNode(context, { frequency: hertz });
      const gain = new GainNode(context, { gain: LOUD * share });
      gain.gain.setTargetAtTime(0, from + 0.05, LENGTH / 4);
      tone.connect(gain).connect(context.destination);
      tone.start(from);
      tone.stop(from + LENGTH);
    }
  }
}
