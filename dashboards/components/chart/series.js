// What a figure's traces say at a moment and near a point. Times are epoch milliseconds.

/**
 * @import {Figure, Labels, Run, Trace} from './figure.js'
 * @import {Geometry} from './geometry.js'
 */

/**
 * The data of one trace; `gap` is how far apart two samples may be, and `place` which trace it is. One of states has
 * them as `runs`, and the `step` of its samples.
 * @typedef {object} Series
 * @property {number} place
 * @property {string} name
 * @property {Labels} labels
 * @property {string} colour
 * @property {boolean} quiet
 * @property {string} panel
 * @property {boolean} stacked
 * @property {number[]} times
 * @property {(number | null)[]} values
 * @property {number} gap
 * @property {string} [unit]
 * @property {Run[]} [runs]
 * @property {number} [step]
 */

/** @typedef {{time: number, value: number}} Sample */

/**
 * One entry a trace that carries data.
 * @param {Figure} figure
 */
export function readSeries(figure) {
  return figure.data.flatMap((trace, place) => seriesOf(trace, place) ?? []);
}

/**
 * @param {Trace} trace
 * @param {number} place
 * @returns {Series | null}
 */
function seriesOf(trace, place) {
  const {meta = {}, type} = trace;
  if (!meta.labels || type === 'heatmap' || type === 'bar') return null;
  return {
    place,
    values: trace.y ?? [],
    times: timesOf(trace),
    name: meta.name ?? '',
    labels: meta.labels,
    quiet: Boolean(meta.quiet),
    panel: trace.yaxis ?? 'y',
    stacked: Boolean(trace.stackgroup),
    colour: trace.line?.color ?? 'currentColor',
    gap: meta.gap ?? Infinity,
    unit: meta.unit,
    runs: meta.runs,
    step: meta.step,
  };
}

/**
 * Its times, or a first one and steps.
 * @param {Trace} trace
 */
function timesOf({x, x0 = 0, dx = 1, y = []}) {
  return x ?? y.map((_, index) => x0 + index * dx);
}

/**
 * The index of the time nearest to `at`.
 * @param {number[]} times
 * @param {number} at
 */
export function nearest(times, at) {
  let low = 0;
  let high = times.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle] < at) low = middle + 1;
    else high = middle;
  }
  return low > 0 && at - times[low - 1] <= times[low] - at ? low - 1 : low;
}

/**
 * The sample nearest to `at`; its value is null where the series was silent.
 * @param {Series} series
 * @param {number} at
 */
export function sample(series, at) {
  if (!series.times.length) return {index: -1, time: at, value: null};
  const index = nearest(series.times, at);
  const time = series.times[index];
  return {index, time, value: Math.abs(time - at) > series.gap ? null : series.values[index]};
}

/**
 * The run of a row of states at a time; null in a gap, and where there are no states.
 * @param {Series} series
 * @param {number} at
 */
export function runAt({runs = []}, at) {
  return runs.find(({start, end}) => start <= at && at < end) ?? runs.find(({end}) => end === at) ?? null;
}

/**
 * The samples that have a value, in the order of time.
 * @param {Series} series
 * @returns {Sample[]}
 */
function samples({times, values}) {
  return values.flatMap((value, index) => (value === null ? [] : [{time: times[index], value}]));
}

/**
 * The lowest, the highest and the newest sample; null where a series has none.
 * @param {Series} series
 */
export function extremes(series) {
  const [first, ...others] = samples(series);
  if (!first) return null;
  const found = {low: first, high: first, last: first};
  for (const here of others) {
    if (here.value < found.low.value) found.low = here;
    if (here.value > found.high.value) found.high = here;
    found.last = here;
  }
  return found;
}

const AROUND = 5; // pixels to either side of the pointer

/**
 * The pixel rows that a series covers around x, as [top, bottom], or null where it is silent.
 * @param {Series} series
 * @param {Geometry} geometry
 * @param {number} x
 */
function covered(series, geometry, x) {
  const {times, values, panel} = series;
  const [from, to] = [geometry.timeAt(x - AROUND), geometry.timeAt(x + AROUND)];
  const first = Math.max(0, nearest(times, from) - 1);
  /** @param {number} index */
  const pointAt = (index) => {
    const value = values[index] ?? null;
    return value === null ? null : {x: geometry.x(times[index]), y: geometry.y(value, panel)};
  };
  const rows = [];
  for (let index = first; index < times.length && times[Math.max(index - 1, first)] <= to; index++) {
    rows.push(...rowsOf(pointAt(index - 1), pointAt(index), x));
  }
  return rows.length ? [Math.min(...rows), Math.max(...rows)] : null;
}

/**
 * The pixel rows around x of a point, and of the line that leads there from the one before.
 * @typedef {{x: number, y: number}} Point
 * @param {Point | null} there
 * @param {Point | null} here
 * @param {number} x
 */
function rowsOf(there, here, x) {
  if (!here) return [];
  const own = Math.abs(here.x - x) <= AROUND ? [here.y] : [];
  if (!there || here.x <= there.x) return own;
  const slope = (here.y - there.y) / (here.x - there.x);
  const crossed = [x - AROUND, x, x + AROUND].filter((at) => there.x <= at && at <= here.x);
  return [...own, ...crossed.map((at) => there.y + slope * (at - there.x))];
}

/**
 * The series one points at, or null: in a stack the band under the pointer, else the nearest line.
 * @param {Series[]} all
 * @param {Geometry} geometry
 * @param {number} x
 * @param {number} y
 */
export function pointedAt(all, geometry, x, y, reach = 14) {
  const panel = geometry.panelAt(y);
  const here = all.filter((series) => series.panel === panel);
  if (here.some((series) => series.stacked)) return inStack(here, geometry, x, y);
  let best = null;
  let least = reach;
  for (const series of here) {
    const distance = away(covered(series, geometry, x), y) + (series.quiet ? 3 : 0);
    if (distance < least) [best, least] = [series, distance];
  }
  return best;
}

/**
 * How far a row is from those that are covered.
 * @param {number[] | null} rows
 * @param {number} y
 */
function away(rows, y) {
  return rows ? Math.max(rows[0] - y, y - rows[1], 0) : Infinity;
}

/**
 * @param {Series[]} stack from the lowest to the highest
 * @param {Geometry} geometry
 * @param {number} x
 * @param {number} y
 */
function inStack(stack, geometry, x, y) {
  let sum = 0;
  for (const series of stack) {
    const {value} = sample(series, geometry.timeAt(x));
    if (value === null) continue;
    const [bottom, top] = [geometry.y(sum, series.panel), geometry.y(sum + value, series.panel)];
    sum += value;
    if (y <= bottom && y >= top) return series;
  }
  return null;
}

/**
 * The places of the times from `start` to `end`.
 * @param {number[]} times
 * @param {number} start
 * @param {number} end
 */
function between(times, start, end) {
  const places = [];
  for (let index = nearest(times, start); times[index] <= end; index++) {
    if (times[index] >= start) places.push(index);
  }
  return places;
}

/**
 * The series with a sample inside the box.
 * @param {Series[]} all
 * @param {Geometry} geometry
 * @param {{left: number, right: number, top: number, bottom: number}} box
 */
export function inside(all, geometry, {left, right, top, bottom}) {
  const [start, end] = [geometry.timeAt(left), geometry.timeAt(right)];
  return all.filter(({times, values, panel}) =>
    between(times, start, end).some((index) => {
      const value = values[index];
      const row = value === null ? NaN : geometry.y(value, panel);
      return row >= top && row <= bottom;
    }),
  );
}
