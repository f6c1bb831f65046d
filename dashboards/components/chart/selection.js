// What somebody marks on a chart: a stretch of time, a moment, or a cell; of some series or of all.

/**
 * @import {Cell} from './cells.js'
 * @import {Geometry, Panel} from './geometry.js'
 * @import {Series} from './series.js'
 */

import {inside} from './series.js';

/**
 * Of no series, it is all of them. `box` are the pixel rows that were drawn around, `panels` the names of panels
 * marked as a whole, and `where` says where it is if it is a cell.
 * @typedef {object} Selection
 * @property {number} start
 * @property {number} end
 * @property {Series[]} series
 * @property {[top: number, bottom: number]} [box]
 * @property {string[]} [panels]
 * @property {string} [where]
 */

const TALL = 0.22; // of its panel's height: from there on a drag is a box
const SHOWN_SERIES = 2;

/**
 * A flat drag takes every series of its panel; a tall one only those with a sample inside the box.
 * @param {Series[]} all
 * @param {Geometry} geometry
 * @param {{left: number, right: number, top: number, bottom: number}} box
 * @returns {Selection}
 */
export function dragged(all, geometry, box) {
  const [start, end] = [Math.round(geometry.timeAt(box.left)), Math.round(geometry.timeAt(box.right))];
  const caught = isTall(geometry, box) ? inside(all, geometry, box) : [];
  if (caught.length) return {start, end, series: caught, box: [box.top, box.bottom]};
  const panels = panelsBetween(geometry, box.top, box.bottom);
  const every = panels.length === geometry.panels.length;
  const series = every ? [] : all.filter(({panel}) => panels.includes(panel));
  return {start, end, series, panels};
}

/**
 * Whether a drag stays in one panel and is high there.
 * @param {Geometry} geometry
 * @param {{top: number, bottom: number}} box
 */
function isTall(geometry, {top, bottom}) {
  const panel = geometry.panel(geometry.panelAt(top));
  return panel.name === geometry.panelAt(bottom) && bottom - top > TALL * (panel.bottom - panel.top);
}

/**
 * @param {Geometry} geometry
 * @param {number} top
 * @param {number} bottom
 */
function panelsBetween(geometry, top, bottom) {
  const names = geometry.panels.map(({name}) => name);
  return names.slice(names.indexOf(geometry.panelAt(top)), names.indexOf(geometry.panelAt(bottom)) + 1);
}

/**
 * @param {Cell} cell
 * @returns {Selection}
 */
export function ofCell({start, end, top, bottom, where}) {
  return {start, end, series: [], box: [top, bottom], where};
}

/**
 * A moment: of one series, or of all.
 * @param {number} at
 * @param {Series | null} series
 * @returns {Selection}
 */
export function moment(at, series) {
  return {start: Math.round(at), end: Math.round(at), series: series ? [series] : []};
}

/**
 * @param {Selection} selection
 * @param {Geometry} geometry
 * @returns {Panel[]}
 */
function panelsOf({panels, series}, geometry) {
  const named = new Set(panels ?? series.map(({panel}) => panel));
  return named.size ? geometry.panels.filter(({name}) => named.has(name)) : geometry.panels;
}

/**
 * Where it is tinted, in pixels.
 * @param {Selection} selection
 * @param {Geometry} geometry
 */
export function rectangle(selection, geometry) {
  const left = geometry.clampX(geometry.x(selection.start));
  const right = geometry.clampX(geometry.x(selection.end));
  const panels = panelsOf(selection, geometry);
  const [top, bottom] = selection.box ?? [panels[0].top, panels[panels.length - 1].bottom];
  return {left, top, width: Math.max(1, right - left), height: bottom - top};
}

/**
 * Of what it is, in words.
 * @param {Selection} selection
 * @param {Series[]} all
 */
export function saying({where, series}, all) {
  if (where) return where;
  if (series.length) return named(series);
  return all.filter(({quiet}) => !quiet).length > 1 ? 'All series' : (all[0]?.name ?? 'Everything');
}

/** @param {Series[]} series */
function named(series) {
  const names = series.slice(0, SHOWN_SERIES).map(({name}) => name);
  const more = series.length - names.length;
  return more ? `${names.join(', ')} and ${more} more` : names.join(', ');
}
