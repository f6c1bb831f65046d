// The cells of a heatmap: which one lies under the pointer, and what it says.

import {make} from './dom.js';
import {nearest} from './series.js';
import {stretch} from './times.js';
import {format} from './units.js';

/** {start, end, top, bottom, value, row, where, labels} of the cell at a pixel; null where there is no heatmap. */
export function cellAt(figure, geometry, x, y) {
  const trace = figure.data.find((each) => each.type === 'heatmap');
  if (!trace?.x.length) return null;
  const {step, rows, labels} = trace.meta;
  const panel = geometry.panel(trace.yaxis ?? 'y');
  const share = (panel.bottom - y) / (panel.bottom - panel.top);
  const row = Math.round(panel.range[0] + share * (panel.range[1] - panel.range[0]));
  const column = nearest(trace.x, geometry.timeAt(x));
  if (row < 0 || row >= rows.length || Math.abs(trace.x[column] - geometry.timeAt(x)) > step) return null;
  const middle = trace.x[column];
  return {
    start: Math.round(middle - step / 2), end: Math.round(middle + step / 2), top: geometry.y(row + 0.5, panel.name), bottom: geometry.y(row - 0.5, panel.name),
    value: trace.z[row][column], row, where: rows[row], labels,
  };
}

export function describeCell({start, end, value, where}, unit, zone, whole) {
  return [
    make('div', {class: 'mv-tip-time', text: stretch(start, end, zone, whole)}),
    make('div', {class: 'mv-tip-row'}, make('span', {text: where}), make('b', {text: format(value ?? 0, unit)})),
  ];
}
