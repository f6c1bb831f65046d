// Where things are on a chart, in pixels of its box. The figure fixes margins, domains and ranges, so nothing is guessed.

import {clamp} from './dom.js';

export class Geometry {
  constructor(layout, width, height, range) {
    const {l, r, t, b} = layout.margin;
    this.left = l;
    this.top = t;
    this.width = Math.max(10, width - l - r);
    this.height = height - t - b;
    this.range = range;
    this.panels = Object.entries(layout).filter(([name]) => /^yaxis\d*$/.test(name)).map(([name, axis]) => {
      const [low, high] = axis.domain ?? [0, 1];
      return {name: name.replace('axis', ''), range: axis.range, top: t + this.height * (1 - high), bottom: t + this.height * (1 - low)};
    }).sort((one, other) => one.top - other.top);
  }

  get right() { return this.left + this.width; }
  get bottom() { return this.top + this.height; }

  x(at) {
    return this.left + ((at - this.range[0]) / (this.range[1] - this.range[0])) * this.width;
  }

  timeAt(x) {
    return this.range[0] + ((x - this.left) / this.width) * (this.range[1] - this.range[0]);
  }

  panel(name) {
    return this.panels.find((panel) => panel.name === name) ?? this.panels[0];
  }

  y(value, name) {
    const {range: [low, high], top, bottom} = this.panel(name);
    return bottom - ((value - low) / (high - low)) * (bottom - top);
  }

  /** The panel a row lies in, or the nearest one. */
  panelAt(y) {
    const away = (panel) => (y < panel.top ? panel.top - y : y > panel.bottom ? y - panel.bottom : 0);
    return this.panels.reduce((best, panel) => (away(panel) < away(best) ? panel : best)).name;
  }

  clampX(x) { return clamp(x, this.left, this.right); }
}
