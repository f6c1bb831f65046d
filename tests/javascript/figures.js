// Small figures, as `dashboards.figures` makes them, for the tests to look at.

import {Geometry} from '../../dashboards/components/chart/geometry.js';

export const ZONE = 'Europe/Lisbon';
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

const margin = {l: 50, r: 100, t: 20, b: 30};

/** A chart 1,150 by 450 pixels, so that its panels are 1,000 by 400: a second a pixel, and values from 0 to 100. */
export function geometry({panels = 1, range = [0, 1_000_000]} = {}) {
  const axes = Array.from({length: panels}, (_, place) => [
    `yaxis${place ? place + 1 : ''}`,
    {range: [0, 100], domain: [1 - (place + 1) / panels, 1 - place / panels]},
  ]);
  return new Geometry({...Object.fromEntries(axes), margin}, 1150, 450, range);
}

/** A series with a value every so many milliseconds, from `start` on. */
export function series(values, {start = 0, step = 10_000, ...more} = {}) {
  const times = values.map((_, place) => start + place * step);
  const plain = {place: 0, name: 'checkout', labels: {service: 'checkout'}, colour: '#123456', quiet: false};
  return {...plain, panel: 'y', stacked: false, gap: 1.5 * step, times, values, ...more};
}
