// How a number of a unit is written for a person: the browser's side of vistas/formatting.py.

const rounded = (value, digits) => {
  const size = Math.abs(value);
  if (size === 0) return '0';
  if (size >= 1000) return Math.round(value).toLocaleString('en').replaceAll(',', '\u2009');
  const decimals = Math.max(0, Math.min(6, digits - 1 - Math.floor(Math.log10(size))));
  return String(Number(value.toFixed(decimals)));
};

function scaled(value, steps, base) {
  let size = Math.abs(value), place = 0;
  while (size >= base && place < steps.length - 1) [size, place] = [size / base, place + 1];
  return `${rounded(Math.sign(value) * size, 3)}${steps[place] && '\u202f' + steps[place]}`;
}

function span(seconds) {
  const size = Math.abs(seconds), sign = seconds < 0 ? '−' : '';
  if (size === 0) return '0 s';
  if (size < 1e-3) return `${sign}${rounded(size * 1e6, 3)} µs`;
  if (size < 1) return `${sign}${rounded(size * 1e3, 3)} ms`;
  if (size < 120) return `${sign}${rounded(size, 3)} s`;
  if (size < 7200) return `${sign}${rounded(size / 60, 3)} min`;
  if (size < 172800) return `${sign}${rounded(size / 3600, 3)} h`;
  return `${sign}${rounded(size / 86400, 3)} d`;
}

const bytes = (value) => scaled(value, ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'], 1024);
const plain = (value) => (Math.abs(value) < 10000 ? rounded(value, 3) : scaled(value, ['', 'k', 'M', 'G', 'T'], 1000));

const written = {
  number: plain,
  ratio: (value) => `${rounded(value * 100, 3)} %`,
  percent: (value) => `${rounded(value, 3)} %`,
  seconds: span,
  hours: (value) => span(value * 3600),
  days: (value) => span(value * 86400),
  bytes,
  'bytes/s': (value) => `${bytes(value)}/s`,
  'requests/s': (value) => `${plain(value)}/s`,
  cores: (value) => (Math.abs(value) < 1 ? `${rounded(value * 1000, 3)} m` : `${rounded(value, 3)} cores`),
};

export function format(value, unit) {
  if (value === null || value === undefined || Number.isNaN(value)) return 'no data';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  return (written[unit] ?? plain)(value);
}
