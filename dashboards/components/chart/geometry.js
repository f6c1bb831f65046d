// Where things are on a chart, in pixels of its box. The figure fixes margins, domains and ranges, so nothing is guessed.

/** @import {Axis, Layout, Range} from './figure.js' */

import {clamp} from '../browser/dom.js';

/** @typedef {{name: string, range: Range, top: number, bottom: number}} Panel */

export const YAXIS = /^yaxis\d*$/;

/**
 * @param {Panel} panel
 * @param {number} y
 */
function distance({top, bottom}, y) {
  return Math.max(top - y, y - bottom, 0);
}

export class Geometry {
  /**
   * @param {Layout} layout
   * @param {number} width
   * @param {number} height
   * @param {Range} range the times that are shown
   */
  constructor(layout, width, height, range) {
    const {l, r, t, b} = layout.margin;
    this.left = l;
    this.top = t;
    this.width = Math.max(10, width - l - r);
    this.height = height - t - b;
    this.range = range;
    this.panels = Object.entries(layout)
      .filter(([name]) => YAXIS.test(name))
      .map(([name, axis]) => this.#panelOf(name.replace('axis', ''), axis))
      .sort((one, other) => one.top - other.top);
  }

  /**
   * @param {string} name
   * @param {Axis} axis
   * @returns {Panel}
   */
  #panelOf(name, {range, domain: [low, high] = [0, 1]}) {
    return {name, range, top: this.top + this.height * (1 - high), bottom: this.top + this.height * (1 - low)};
  }

  get right() {
    return this.left + this.width;
  }
  get bottom() {
    return this.top + this.height;
  }

  /** @param {number} at a time */
  x(at) {
    return this.left + ((at - this.range[0]) / (this.range[1] - this.range[0])) * this.width;
  }

  /** @param {number} x */
  timeAt(x) {
    return this.range[0] + ((x - this.left) / this.width) * (this.range[1] - this.range[0]);
  }

  /**
   * The panel of that name; the first where there is none.
   * @param {string} name
   */
  panel(name) {
    return this.panels.find((panel) => panel.name === name) ?? this.panels[0];
  }

  /**
   * @param {number} value
   * @param {string} name its panel's
   */
  y(value, name) {
    const {range, top, bottom} = this.panel(name);
    const [low, high] = range;
    return bottom - ((value - low) / (high - low)) * (bottom - top);
  }

  /**
   * The panel a row lies in, or the nearest one.
   * @param {number} y
   */
  panelAt(y) {
    return this.panels.reduce((best, panel) => (distance(panel, y) < distance(best, y) ? panel : best)).name;
  }

  /** @param {number} x */
  clampX(x) {
    return clamp(x, this.left, this.right);
  }
}
