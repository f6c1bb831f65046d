// The series' names at their ends, in their colours, pushed apart where they would cover one another.

/**
 * @import {LayoutMeta, Run} from './figure.js'
 * @import {Geometry, Panel} from './geometry.js'
 * @import {Series} from './series.js'
 */

import {make, pixels} from '../browser/dom.js';
import {sample} from './series.js';

const LINE = 17;
const LETTER = 7.2; // pixels that a letter of a state takes
const AROUND = 12;

/**
 * Rows at least LINE apart, kept within [top, bottom], as near as possible to where they belong.
 * @param {number[]} wanted ascending
 * @param {number} top
 * @param {number} bottom
 */
export function apart(wanted, top, bottom) {
  /**
   * Labels that touch, around the middle of where they belong.
   * @param {number} sum
   * @param {number} count
   */
  const group = (sum, count) => {
    const height = (count - 1) * LINE;
    return {sum, count, first: Math.min(Math.max(sum / count - height / 2, top), bottom - height)};
  };
  const groups = [];
  for (const row of wanted) {
    let last = group(row, 1);
    let before = groups.at(-1);
    while (before && before.first + before.count * LINE > last.first) {
      last = group(before.sum + last.sum, before.count + last.count);
      groups.pop();
      before = groups.at(-1);
    }
    groups.push(last);
  }
  return groups.flatMap((group) => Array.from({length: group.count}, (_, index) => group.first + index * LINE));
}

/**
 * The row at which a series ends; in a stack the middle of its band.
 * @param {Series} series
 * @param {Series[]} stack
 * @param {Geometry} geometry
 */
function endRow(series, stack, geometry) {
  const at = geometry.range[1];
  const end = lastKnown(series, at);
  if (end === null) return null;
  if (!series.stacked) return geometry.y(end, series.panel);
  const under = stack
    .slice(0, stack.indexOf(series))
    .reduce((sum, each) => sum + (sample(each, at).value ?? 0), 0);
  return geometry.y(under + end / 2, series.panel);
}

/**
 * @param {Series} series
 * @param {number} at
 */
function lastKnown(series, at) {
  for (let {index} = sample(series, at); index >= 0; index--) {
    if (series.values[index] !== null) return series.values[index];
  }
  return null;
}

/**
 * @param {Panel} panel
 * @param {Series[]} here
 * @param {Geometry} geometry
 */
function labelsOf({top, bottom}, here, geometry) {
  const ends = here
    .flatMap((series) => {
      const row = endRow(series, here, geometry);
      return row === null ? [] : [{series, row}];
    })
    .sort((one, other) => one.row - other.row);
  const wanted = ends.map(({row}) => row);
  const rows = apart(wanted, top, bottom);
  return ends.map(({series}, index) =>
    make('div', {
      class: 'mv-label',
      text: labelOf(series),
      title: labelOf(series),
      'data-series': series.place,
      style: {left: `${geometry.right + 8}px`, top: `${rows[index]}px`, color: series.colour},
    }),
  );
}

/**
 * A row of states has its own name above it, and at its end what it ended as.
 * @param {Series} series
 */
function labelOf({runs, name}) {
  return runs ? (runs.at(-1)?.word ?? '') : name;
}

/** @param {Series} series */
function endsAsUsual({runs}) {
  return Boolean(runs?.at(-1)?.quiet);
}

/**
 * The words of states, each in its run, where there is room for it.
 * @param {Series[]} all
 * @param {Geometry} geometry
 */
export function stateWords(all, geometry) {
  return all.flatMap(({runs = [], panel}) => runs.flatMap((run) => wordOf(run, panel, geometry) ?? []));
}

/**
 * @param {Run} run
 * @param {string} panel
 * @param {Geometry} geometry
 */
function wordOf({start, end, word, quiet}, panel, geometry) {
  const [left, right] = [geometry.clampX(geometry.x(start)), geometry.clampX(geometry.x(end))];
  if (word.length * LETTER + AROUND > right - left) return null;
  const style = pixels({left, width: right - left, top: geometry.y(0, panel)});
  return make('div', {class: quiet ? 'mv-state mv-usual' : 'mv-state', text: word, style});
}

/**
 * What the colours of states mean; nothing for other charts.
 * @param {LayoutMeta} meta
 */
export function keyOf({key = [], left_out: leftOut}) {
  const swatches = key.map(({text, colour}) =>
    make('span', {}, make('i', {style: {background: colour}}), document.createTextNode(text)),
  );
  return [...swatches, leftOut ? make('span', {text: leftOut}) : null];
}

/**
 * @param {Series[]} all
 * @param {Geometry} geometry
 * @param {Element} layer
 */
export function drawLabels(all, geometry, layer) {
  const named = all.filter((series) => !series.quiet && !endsAsUsual(series));
  const nodes = geometry.panels.flatMap((panel) => {
    const here = named.filter((series) => series.panel === panel.name);
    return labelsOf(panel, here, geometry);
  });
  layer.replaceChildren(...nodes);
}

/**
 * The panels' titles, and what lines across them are called.
 * @param {LayoutMeta} meta
 * @param {Geometry} geometry
 */
export function captions({panels = {}, references, key}, geometry) {
  const {left} = geometry;
  const titles = geometry.panels
    .filter(({name}) => panels[name])
    .map(({name, top}) =>
      make('div', {
        class: key ? 'mv-caption mv-row' : 'mv-caption',
        text: panels[name],
        style: pixels({left, top, ...(key ? {maxWidth: geometry.width} : {})}),
      }),
    );
  const named = references.map(({panel, value, text}) => {
    const style = pixels({left: left + 2, top: geometry.y(value, panel)});
    return make('div', {class: 'mv-reference', text, style});
  });
  return [...titles, ...named];
}
