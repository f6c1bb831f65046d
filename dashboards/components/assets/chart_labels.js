// The series' names at their ends, in their colours, pushed apart where they would cover one another.

import {make} from './dom.js';
import {sample} from './series.js';

const LINE = 17;

/** Rows for `wanted` (ascending), at least LINE apart, kept within [top, bottom], as near as possible to where they belong. */
export function apart(wanted, top, bottom) {
  const groups = [];
  for (const row of wanted) {
    groups.push({sum: row, count: 1, first: row});
    for (;;) {
      const last = groups.at(-1), before = groups.at(-2);
      last.first = Math.min(Math.max(last.sum / last.count - ((last.count - 1) * LINE) / 2, top), bottom - (last.count - 1) * LINE);
      if (!before || before.first + before.count * LINE <= last.first) break;
      groups.pop();
      before.sum += last.sum;
      before.count += last.count;
    }
  }
  return groups.flatMap((group) => Array.from({length: group.count}, (_, index) => group.first + index * LINE));
}

function endRow(series, stack, geometry) {
  const at = geometry.range[1];
  const end = lastKnown(series, at);
  if (end === null) return null;
  if (!series.stacked) return geometry.y(end, series.panel);
  const under = stack.slice(0, stack.indexOf(series)).reduce((sum, each) => sum + (sample(each, at).value ?? 0), 0);
  return geometry.y(under + end / 2, series.panel);
}

function lastKnown(series, at) {
  for (let {index} = sample(series, at); index >= 0; index--) {
    if (series.values[index] !== null) return series.values[index];
  }
  return null;
}

export function drawLabels(all, geometry, layer) {
  const nodes = geometry.panels.flatMap((panel) => {
    const here = all.filter((series) => series.panel === panel.name && !series.quiet);
    const ends = here.map((series) => ({series, row: endRow(series, here, geometry)})).filter(({row}) => row !== null)
      .sort((one, other) => one.row - other.row);
    const rows = apart(ends.map(({row}) => row), panel.top, panel.bottom);
    return ends.map(({series}, index) => make('div', {
      class: 'mv-label', text: series.name, title: series.name, 'data-series': series.place,
      style: {left: `${geometry.right + 8}px`, top: `${rows[index]}px`, color: series.colour},
    }));
  });
  layer.replaceChildren(...nodes);
}
