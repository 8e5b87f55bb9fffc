// The wall of a burn: its head, its order and filters, its start.

const SHADES = { coverage: 'situations', states: 'abstract states', freshStates: 'states that no seed before had' };

class WallView {
  constructor(burn) {
    this.burn = burn;
    this.panel = new SeedPanel(burn);
    this.grid = new SeedGrid(burn, (i) => this.panel.show(i));
    this.heat = new HeatMap(burn, () => this.arrange());
    this.showHead();
    this.bind();
    burn.rankBy(document.getElementById('shade').value);
    this.draw();
    this.arrange();
  }

  showHead() {
    const { burn } = this;
    const missed = burn.marks.filter((mark) => mark.seeds === 0).length;
    document.title = `${numberText(burn.seeds)} seeds, ${numberText(burn.failed)} failed · Orrery`;
    const verdict = document.getElementById('verdict');
    verdict.textContent = burn.failed > 0 ? numberText(burn.failed) + ' failed' : 'ok';
    verdict.classList.add(burn.failed > 0 ? 'safety' : 'ok');
    document.getElementById('claim').textContent = `${numberText(burn.seeds)} seeds, ${burn.failed > 0 ? numberText(burn.failed) + ' failed' : 'all came right'}`;
    const leftOut = burn.seeds - burn.count;
    document.getElementById('summary').textContent = `Each cell is a cluster that lived through its faults once.${leftOut > 0 ? ` ${numberText(leftOut)} seeds are counted and have no cell.` : ''}`;
    const box = document.getElementById('numbers');
    const tile = (value, label, style) => box.append(element('div', style || '', element('b', '', value), element('small', '', label)));
    tile(numberText(burn.seeds), 'seeds');
    tile(numberText(burn.failed), 'failed', burn.failed > 0 ? 'bad' : 'good');
    tile(spanWords(burn.nanos), 'simulated');
    tile(numberText(burn.events), 'events');
    tile(numberText(burn.statesSeen), 'abstract states');
    tile(String(burn.faults.length), 'kinds of faults');
    tile(`${burn.marks.length - missed} / ${burn.marks.length}`, 'situations reached', missed > 0 ? '' : 'good');
    tile(`${burn.least}–${burn.most}`, 'situations a seed');
  }

  showKey() {
    const ramp = element('i', 'ramp');
    ramp.style.background = `linear-gradient(90deg, ${[0, 0.25, 0.5, 0.75, 1].map(coverageColour).join(',')})`;
    const items = [element('span', '', 'came right: fewer ' + SHADES[document.getElementById('shade').value] + ' ', ramp, ' more')];
    for (const [verdict, words] of [['safety', 'safety: a checker objected'], ['liveness', 'liveness: it did not come right'], ['halt', 'halt: a node broke a rule of its own']]) {
      const swatch = element('i');
      swatch.style.background = troubleColour(verdict);
      items.push(element('span', this.burn.verdict.includes(verdict) ? '' : 'unused', swatch, words));
    }
    document.getElementById('key').replaceChildren(...items);
  }

  /** What a word asks for, as a test of a seed's number in the list. */
  testOf(word) {
    const { burn } = this;
    const traits = [...burn.faults, ...burn.marks].filter((trait) => trait.name.includes(word));
    return (i) => String(burn.seed[i]) === word || burn.workload[i].includes(word) || burn.verdict[i] === word
      || burn.failure[i].toLowerCase().includes(word) || traits.some((trait) => trait.has(i));
  }

  arrange() {
    const { burn } = this;
    const { pair } = this.heat;
    const tests = document.getElementById('query').value.trim().toLowerCase().split(/\s+/).filter((word) => word !== '').map((word) => this.testOf(word));
    if (pair) {
      tests.push((i) => pair.fault.has(i) && pair.mark.has(i));
    }
    if (document.getElementById('show').value === 'failed') {
      tests.push((i) => burn.verdict[i] !== 'ok');
    }
    const by = {
      seed: () => 0,
      outcome: (a, b) => OUTCOME_ORDER[burn.verdict[a]] - OUTCOME_ORDER[burn.verdict[b]],
      coverage: (a, b) => burn.coverage[b] - burn.coverage[a],
      states: (a, b) => burn.states[b] - burn.states[a],
      fresh: (a, b) => burn.freshStates[b] - burn.freshStates[a],
      events: (a, b) => burn.cellEvents[b] - burn.cellEvents[a],
      nodes: (a, b) => burn.nodes[a] - burn.nodes[b],
      workload: (a, b) => (burn.workload[a] < burn.workload[b] ? -1 : burn.workload[a] > burn.workload[b] ? 1 : 0),
    }[document.getElementById('order').value];
    const list = [];
    for (let i = 0; i < burn.count; i++) {
      if (tests.every((test) => test(i))) {
        list.push(i);
      }
    }
    list.sort((a, b) => by(a, b) || a - b);
    document.getElementById('shown').textContent = list.length === burn.count ? '' : `${numberText(list.length)} of ${numberText(burn.count)}`;
    const clear = document.getElementById('clear');
    clear.hidden = !pair;
    clear.textContent = pair ? `${pair.mark.name} with ${pair.fault.name}  ×` : '';
    this.grid.show(list);
    this.heat.draw();
  }

  shade() {
    this.burn.rankBy(document.getElementById('shade').value);
    this.showKey();
    this.grid.draw();
  }

  draw() {
    this.showKey();
    this.grid.draw();
    this.heat.draw();
  }

  bind() {
    const on = (id, type, action) => document.getElementById(id).addEventListener(type, action);
    on('order', 'change', () => this.arrange());
    on('show', 'change', () => this.arrange());
    on('shade', 'change', () => this.shade());
    on('measure', 'change', () => this.heat.draw());
    on('query', 'input', () => this.arrange());
    on('clear', 'click', () => {
      this.heat.pair = null;
      this.arrange();
    });
    on('theme', 'click', () => {
      document.documentElement.dataset.theme = isDark() ? 'light' : 'dark';
      this.draw();
    });
    window.addEventListener('resize', () => this.draw());
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.draw());
  }

  /** Something to read from the start: the first failure, else the seed that reached most. */
  chooseFirst() {
    const { burn, grid } = this;
    const failed = burn.verdict.findIndex((verdict) => verdict !== 'ok');
    grid.chooseSeed(failed >= 0 ? failed : burn.coverage.indexOf(burn.most));
  }
}

function spanWords(nanos) {
  const hours = nanos / 3.6e12;
  return hours >= 48 ? (hours / 24).toFixed(1) + ' days' : hours >= 1 ? hours.toFixed(1) + ' h' : (hours * 60).toFixed(1) + ' min';
}

async function startWall() {
  const asked = new URLSearchParams(location.hash.slice(1));
  if (asked.get('theme')) {
    document.documentElement.dataset.theme = asked.get('theme') === 'dark' ? 'dark' : 'light';
  }
  for (const choice of ['order', 'measure', 'shade']) {
    if (asked.get(choice)) {
      document.getElementById(choice).value = asked.get(choice);
    }
  }
  document.getElementById('query').value = asked.get('q') || '';
  const view = new WallView(new Burn(await readColumns()));
  view.chooseFirst();
  const { dataset } = document.documentElement;
  dataset.cells = view.burn.count;
  dataset.failed = view.burn.failed;
  dataset.ready = 'yes';
  window.orrery = view;
}

window.addEventListener('error', (e) => (document.documentElement.dataset.error = e.message));
startWall().catch((e) => {
  document.documentElement.dataset.error = e.message;
  document.getElementById('summary').textContent = 'This page cannot show its burn: ' + e.message;
  throw e;
});
