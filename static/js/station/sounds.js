/** The tones of the verdicts: one meaning each, told apart by rhythm as well as by pitch. */

/** @typedef {"ok" | "look" | "refused" | "call" | "repeat"} Sound */
/** @typedef {{hertz: number, to?: number, from: number, length: number, loud: number}} Tone */

/** Seconds; `to` glides. @type {Record<Sound, Tone[]>} */
export const TONES = {
  ok: [{ hertz: 2400, from: 0, length: 0.09, loud: 0.5 }],
  look: [
    { hertz: 1200, from: 0, length: 0.12, loud: 0.5 },
    { hertz: 1200, from: 0.2, length: 0.12, loud: 0.5 },
  ],
  refused: [
    { hertz: 400, from: 0, length: 0.25, loud: 0.8 },
    { hertz: 400, from: 0.35, length: 0.25, loud: 0.8 },
    { hertz: 400, from: 0.7, length: 0.25, loud: 0.8 },
  ],
  call: [{ hertz: 700, to: 1600, from: 0, length: 0.4, loud: 0.6 }],
  repeat: [{ hertz: 1800, from: 0, length: 0.02, loud: 0.15 }],
};

const EDGE = 0.008;

/** Plays tones, once the browser lets it: that may take a first touch or key. */
export class Sounds {
  /** @param {(audible: boolean) => void} changed */
  constructor(changed) {
    this.changed = changed;
    /** @type {AudioContext | null} */
    this.context = "AudioContext" in window ? new AudioContext() : null;
    if (this.context) {
      this.context.onstatechange = () => this.changed(this.isAudible);
    }
  }

  get isAudible() {
    return this.context?.state === "running";
  }

  /** Let sound be heard; browsers allow it from a touch or key on. */
  async arm() {
    if (this.context && !this.isAudible) {
      await this.context.resume().catch(() => {});
      this.changed(this.isAudible);
    }
  }

  /** @param {Sound} sound */
  play(sound) {
    document.dispatchEvent(new CustomEvent("floorline-sound", { detail: sound }));
    if (!this.context || !this.isAudible) {
      return;
    }
    for (const tone of TONES[sound]) {
      this.#sound(this.context, tone);
    }
  }

  /**
   * @param {AudioContext} context
   * @param {Tone} tone
   */
  #sound(context, { hertz, to, from, length, loud }) {
    const start = context.currentTime + from;
    const pitch = new OscillatorNode(context, { frequency: hertz, type: "triangle" });
    const volume = new GainNode(context, { gain: 0 });
    if (to) {
      pitch.frequency.setValueAtTime(hertz, start);
      pitch.frequency.linearRampToValueAtTime(to, start + length);
    }
    // Soft edges: a tone that is cut clicks.
    volume.gain.setValueAtTime(0, start);
    volume.gain.linearRampToValueAtTime(loud, start + EDGE);
    volume.gain.setValueAtTime(loud, start + length - EDGE);
    volume.gain.linearRampToValueAtTime(0, start + length);
    pitch.connect(volume).connect(context.destination);
    pitch.start(start);
    pitch.stop(start + length);
  }
}
