// The page comes up: its head, its buttons, its start.

function showHead(model) {
  const { facts } = model;
  const isOk = facts.verdict === 'ok';
  document.title = `seed ${facts.seed} ${facts.verdict} · Orrery`;
  const verdict = document.getElementById('verdict');
  verdict.textContent = facts.verdict;
  verdict.classList.add(facts.verdict);
  document.getElementById('claim').textContent = isOk ? `Seed ${facts.seed} came right` : facts.failure;
  const facets = [
    ...(isOk ? [] : [['seed', facts.seed]]), ['workload', facts.workload], ['nodes', String(model.nodes.length)], ['simulated', timeText(facts.nanos, 3)],
    ['events', numberText(facts.events)], ['trace hash', facts.hash],
  ];
  if (!isOk) {
    facets.push(['broke at', timeText(facts.failureNanos, 6) + (facts.failureNode ? ' on ' + facts.failureNode : '')]);
  }
  const box = document.getElementById('facts');
  facets.forEach(([name, value]) => box.append(element('span', '', name + ' ', element(name === 'trace hash' ? 'code' : 'b', '', value))));
  if (model.eventsBefore + model.eventsAfter > 0) {
    const left = document.getElementById('left-out');
    left.hidden = false;
    left.textContent = `Events ${numberText(model.first)} to ${numberText(model.first + model.events.count - 1)} of ${numberText(facts.events)} are recorded here; ${numberText(model.eventsBefore)} before and ${numberText(model.eventsAfter)} after are left out.`;
  }
}

function bindButtons(view) {
  const on = (id, action) => document.getElementById(id).addEventListener('click', action);
  on('copy', () => view.copyReplay());
  on('help', () => document.getElementById('keys').showModal());
  on('scenario', () => document.getElementById('scenario-text').showModal());
  on('copy-scenario', () => copyText(view.model.facts.scenario, null));
  on('theme', () => view.setTheme(isDark() ? 'light' : 'dark'));
  on('cone-decisive', () => view.setCone('decisive'));
  on('cone-past', () => view.setCone('past'));
  on('cone-off', () => view.setCone('off'));
  on('axis-time', () => view.setAxis(false));
  on('axis-order', () => view.setAxis(true));
  on('to-failure', () => view.toFailure());
  on('play', () => view.player.toggle());
  on('zoom-in', () => view.zoomAt(view.scene.width / 2, 0.6));
  on('zoom-out', () => view.zoomAt(view.scene.width / 2, 1 / 0.6));
  on('zoom-all', () => view.setSpan(view.least, view.most));
  document.getElementById('log-cone').addEventListener('change', (e) => view.log.filter(e.target.checked));
  document.querySelector('#scenario-text pre').textContent = view.model.facts.scenario;
}

async function start() {
  const model = new Model(readRecording(await readColumns()));
  showHead(model);
  const view = new View(model);
  view.coneMode = 'decisive';
  bindButtons(view);
  view.resize();
  view.legend.show();
  view.showButtons();
  if (!view.address.load()) {
    if (model.facts.verdict !== 'ok') {
      view.toFailure();
      if (view.isMostlyIdle()) {
        view.setAxis(true);
        view.toFailure();
      }
    } else {
      view.select(-1);
    }
  }
  view.showButtons();
  new ResizeObserver(() => view.resize()).observe(document.getElementById('stage'));
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => view.setTheme(isDark() ? 'dark' : 'light'));
  window.addEventListener('hashchange', () => view.address.load());
  view.isStarted = true;
  // For tests of the page: that it came up, and what it shows.
  const { dataset } = document.documentElement;
  dataset.lanes = model.nodes.length;
  dataset.events = model.events.count;
  dataset.messages = model.messages.count;
  dataset.cone = view.cone ? view.cone.size : 0;
  dataset.ready = 'yes';
  window.orrery = view;
}

window.addEventListener('error', (e) => (document.documentElement.dataset.error = e.message));
start().catch((e) => {
  document.documentElement.dataset.error = e.message;
  document.getElementById('claim').textContent = 'This page cannot show its recording: ' + e.message;
  throw e;
});
