// What a figure's traces say at a moment and near a point. Times are epoch milliseconds.

/** One entry a trace that carries data: {place, name, labels, colour, quiet, panel, times, values, gap}. */
export function readSeries(figure) {
  return figure.data.flatMap((trace, place) => {
    const meta = trace.meta ?? {};
    if (!meta.labels || trace.type === 'heatmap' || trace.type === 'bar') return [];
    const values = trace.y;
    const times = trace.x ?? values.map((_, index) => trace.x0 + index * trace.dx);
    return [{
      place, values, times, name: meta.name, labels: meta.labels, quiet: Boolean(meta.quiet), panel: trace.yaxis ?? 'y',
      stacked: Boolean(trace.stackgroup), colour: trace.line?.color ?? 'currentColor', gap: meta.gap ?? Infinity, unit: meta.unit,
    }];
  });
}

/** The index of the time nearest to `at`. */
export function nearest(times, at) {
  let low = 0, high = times.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle] < at) low = middle + 1; else high = middle;
  }
  return low > 0 && at - times[low - 1] <= times[low] - at ? low - 1 : low;
}

/** {index, time, value} at the sample nearest to `at`; the value is null where the series was silent. */
export function sample(series, at) {
  if (!series.times.length) return {index: -1, time: at, value: null};
  const index = nearest(series.times, at);
  const time = series.times[index];
  return {index, time, value: Math.abs(time - at) > series.gap ? null : series.values[index]};
}

/** The lowest, the highest and the newest sample; null where a series has none. */
export function extremes(series) {
  let low = null, high = null, last = null;
  series.values.forEach((value, index) => {
    if (value === null) return;
    const here = {time: series.times[index], value};
    if (low === null || value < low.value) low = here;
    if (high === null || value > high.value) high = here;
    last = here;
  });
  return high && {low, high, last};
}

/** The pixel rows that a series covers around x, as [top, bottom], or null where it is silent. */
function covered(series, geometry, x) {
  const rows = [];
  const [from, to] = [geometry.timeAt(x - 5), geometry.timeAt(x + 5)];
  const first = Math.max(0, nearest(series.times, from) - 1);
  for (let index = first; index < series.times.length && series.times[index - 1 < first ? first : index - 1] <= to; index++) {
    const value = series.values[index];
    if (value === null) continue;
    const here = [geometry.x(series.times[index]), geometry.y(value, series.panel)];
    const before = index > 0 ? series.values[index - 1] : null;
    if (here[0] >= x - 5 && here[0] <= x + 5) rows.push(here[1]);
    if (before !== null && before !== undefined) {
      const there = [geometry.x(series.times[index - 1]), geometry.y(before, series.panel)];
      for (const at of [x - 5, x, x + 5]) {
        if (there[0] <= at && at <= here[0] && here[0] > there[0]) {
          rows.push(there[1] + ((here[1] - there[1]) * (at - there[0])) / (here[0] - there[0]));
        }
      }
    }
  }
  return rows.length ? [Math.min(...rows), Math.max(...rows)] : null;
}

/** The series one points at, or null: in a stack the band under the pointer, else the nearest line. */
export function pointedAt(all, geometry, x, y, reach = 14) {
  const panel = geometry.panelAt(y);
  const here = all.filter((series) => series.panel === panel);
  if (here.some((series) => series.stacked)) return inStack(here, geometry, x, y);
  let best = null, least = reach;
  for (const series of here) {
    const rows = covered(series, geometry, x);
    if (!rows) continue;
    const distance = y < rows[0] ? rows[0] - y : y > rows[1] ? y - rows[1] : 0;
    const handicap = series.quiet ? 3 : 0;
    if (distance + handicap < least) [best, least] = [series, distance + handicap];
  }
  return best;
}

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

/** The series with a sample inside the box. */
export function inside(all, geometry, {left, right, top, bottom}) {
  const [start, end] = [geometry.timeAt(left), geometry.timeAt(right)];
  return all.filter((series) => {
    for (let index = Math.max(0, nearest(series.times, start)); index < series.times.length && series.times[index] <= end; index++) {
      const value = series.values[index];
      if (value === null || series.times[index] < start) continue;
      const row = geometry.y(value, series.panel);
      if (row >= top && row <= bottom) return true;
    }
    return false;
  });
}
