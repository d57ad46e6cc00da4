using Atrium.Kernel.Live;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Atrium.Kernel.Tests.Live;

/// <summary>What a tab hears while others write: all of it, or that it must fetch again.</summary>
public sealed class LiveConnectionTests : IDisposable
{
    private const string Topic = "ledger:1";
    private const string End = "ledger:end";
    private const int Tabs = 4;
    private static readonly Actor Ada = new() { Kind = ActorKind.Member, MemberId = new(1), Handle = "ada" };
    private readonly CancellationTokenSource _patience = new(TimeSpan.FromMinutes(2));
    private readonly CountingBus _bus = new();
    private readonly Ledger _ledger = new();
    private readonly FakeTimeProvider _time = new();

    public void Dispose() => _patience.Dispose();

    [Fact]
    public async Task A_change_between_the_reading_of_a_page_and_its_subscription_is_never_lost()
    {
        // As many changes as there are tabs, each in the moment in which one of them is told where the topic stands: none is made good by many that follow.
        for (var round = 0; round < 400; round++)
        {
            var writing = Task.WhenAll(Enumerable.Range(0, Tabs).Select(async _ =>
            {
                await _ledger.Asked.WaitAsync(_patience.Token);
                Change(Topic);
            }));
            var reading = Enumerable.Range(0, Tabs).Select(_ => Task.Run(async () =>
            {
                var tab = new Tab();
                var page = _ledger.At(Topic);
                await Task.Yield();
                tab.Ask("sub", Topic, page);
                return await WithAsync(tab, async () =>
                {
                    await writing;
                    // As a page does: it moves on by what it hears, and reads afresh when it is told to.
                    while (page < _ledger.At(Topic))
                    {
                        var heard = await tab.HearAsync(_patience.Token);
                        if (heard.Kind == "resync") page = _ledger.At(Topic);
                        else if (heard.Kind == "change") page = Math.Max(page, heard.At);
                    }

                    return page;
                }, Actor.Anonymous);
            })).ToList();
            foreach (var seen in await Task.WhenAll(reading)) Assert.Equal(_ledger.At(Topic), seen);
        }

        Assert.Equal(0, _bus.Listeners);
    }

    [Fact]
    public async Task A_topic_asked_for_twice_has_one_listener_and_none_when_it_is_left()
    {
        var tab = new Tab();
        tab.Ask("sub", Topic, 0);
        tab.Ask("sub", Topic, 0);
        tab.Ask("sub", End, 0);
        await WithAsync(tab, async () =>
        {
            Assert.Empty(await tab.LetInAsync(End, _patience.Token));
            Assert.Equal(2, _bus.Listeners);
            Change(Topic);
            Change(End);
            Assert.Equal([(Topic, "change", 1), (End, "change", 1)], (await tab.UntilAsync(End, _patience.Token)).Select(h => (h.Topic, h.Kind, h.At)));
            tab.Ask("unsub", Topic);
            tab.Ask("unsub", Topic);
            await ListensAsync(1);
            return true;
        });
        Assert.Equal(0, _bus.Listeners);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_happens_before_it_is_known_who_may_listen_is_held_back(bool allowed)
    {
        var tab = new Tab();
        var asked = _ledger.Hold(Topic);
        tab.Ask("sub", Topic, 0);
        tab.Ask("sub", End, 0);
        await WithAsync(tab, async () =>
        {
            await asked.Reached.Task.WaitAsync(_patience.Token);
            await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Change(Topic), _patience.Token)));
            asked.Answer.SetResult(allowed ? 0 : null);
            // Not a word of what was said meanwhile, but that there was something, if it is anybody's business.
            Assert.Equal([(Topic, allowed ? "resync" : "refused")], (await tab.LetInAsync(End, _patience.Token)).Select(h => (h.Topic, h.Kind)));
            Change(Topic);
            Change(End);
            Assert.Equal(allowed ? [Topic, End] : [End], (await tab.UntilAsync(End, _patience.Token)).Select(h => h.Topic));
            return true;
        });
        Assert.Equal(0, _bus.Listeners);
    }

    [Fact]
    public async Task A_tab_that_is_closed_while_it_is_asked_for_leaves_no_listener()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(async i =>
        {
            var tab = new Tab();
            var asked = _ledger.Hold($"ledger:{i}");
            using var closed = new CancellationTokenSource();
            var running = RunAsync(tab, closed.Token);
            tab.Ask("sub", $"ledger:{i}", 0);
            await asked.Reached.Task.WaitAsync(_patience.Token);
            if (i % 2 == 0) await closed.CancelAsync();
            else asked.Answer.SetException(new TimeoutException("The database is busy."));
            await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }));
        Assert.Equal(0, _bus.Listeners);
    }

    [Fact]
    public async Task Nobody_listens_to_more_than_so_many_topics()
    {
        var tab = new Tab();
        for (var i = 0; i < 70; i++) tab.Ask("sub", $"ledger:{i}", 0);
        await WithAsync(tab, async () =>
        {
            for (var i = 64; i < 70; i++) Assert.Equal(($"ledger:{i}", "refused"), (await tab.UntilAsync($"ledger:{i}", _patience.Token)).Select(h => (h.Topic, h.Kind)).Single());
            Assert.Equal(64, _bus.Listeners);
            return true;
        });
        Assert.Equal(0, _bus.Listeners);
    }

    [Fact]
    public async Task Who_reads_too_slowly_is_told_to_fetch_again_and_ends_where_everyone_is()
    {
        for (var round = 0; round < 40; round++)
        {
            var tab = new Tab();
            tab.Ask("sub", Topic, _ledger.At(Topic));
            await WithAsync(tab, async () =>
            {
                await tab.LetInAsync(Topic, _patience.Token);
                // Half of them before anything is read, more than the queue holds, and half while it is.
                var page = 0L;
                await WriteAsync(4, 100);
                var late = Task.Run(() => WriteAsync(4, 100), _patience.Token);
                var fetched = false;
                while (!late.IsCompleted || page < _ledger.At(Topic))
                {
                    var heard = await tab.HearAsync(_patience.Token);
                    fetched |= heard.Kind == "resync";
                    if (heard.Kind == "resync") page = _ledger.At(Topic);
                    // Of what comes in order nothing tells of a gap but the next: the page trusts what follows a resync, and nothing before it.
                    else if (heard.Kind == "change" && fetched) page = Math.Max(page, heard.At);
                    if (page >= _ledger.At(Topic)) await late;
                }

                Assert.True(fetched);
                return true;
            });
        }

        Assert.Equal(0, _bus.Listeners);

        Task WriteAsync(int writers, int changes) => Task.WhenAll(Enumerable.Range(0, writers).Select(_ => Task.Run(
            () =>
            {
                for (var i = 0; i < changes; i++) Change(Topic);
            },
            _patience.Token)));
    }

    [Fact]
    public async Task Who_lost_access_hears_no_more_though_the_database_was_busy_at_the_first_look()
    {
        var tab = new Tab();
        tab.Ask("sub", Topic, 0);
        tab.Ask("sub", End, 0);
        await WithAsync(tab, async () =>
        {
            await tab.LetInAsync(End, _patience.Token);
            var busy = _ledger.Hold(Topic);
            _time.Advance(TimeSpan.FromSeconds(15));
            await busy.Reached.Task.WaitAsync(_patience.Token);
            var lost = _ledger.Hold(Topic);
            busy.Answer.SetException(new TimeoutException("The database is busy."));
            _time.Advance(TimeSpan.FromSeconds(15));
            await lost.Reached.Task.WaitAsync(_patience.Token);
            lost.Answer.SetResult(null);
            Assert.Equal("refused", Assert.Single(await tab.UntilAsync(Topic, _patience.Token)).Kind);
            Change(Topic);
            Change(End);
            Assert.Equal(End, Assert.Single(await tab.UntilAsync(End, _patience.Token)).Topic);
            return true;
        });
        Assert.Equal(0, _bus.Listeners);
    }

    // As a transaction that commits and then wakes.
    private void Change(string topic) => _bus.Publish(new(topic, _ledger.Move(topic), "change"));

    private async Task ListensAsync(int listeners)
    {
        for (; _bus.Listeners != listeners; _patience.Token.ThrowIfCancellationRequested()) await Task.Yield();
    }

    private async Task<T> WithAsync<T>(Tab tab, Func<Task<T>> work, Actor? actor = null)
    {
        using var closed = CancellationTokenSource.CreateLinkedTokenSource(_patience.Token);
        var running = RunAsync(tab, closed.Token, actor);
        var done = await work();
        await closed.CancelAsync();
        await running;
        return done;
    }

    private async Task RunAsync(Tab tab, CancellationToken ct, Actor? actor = null)
    {
        await using var services = new ServiceCollection().AddSingleton<ITopicRule>(_ledger).BuildServiceProvider();
        await using var connection = new LiveConnection(tab, actor ?? Ada, _bus, new(_bus), services.GetRequiredService<IServiceScopeFactory>(), _time);
        await connection.RunAsync(ct);
    }

    /// <summary>The bus of a house, which knows how many listen.</summary>
    private sealed class CountingBus : ILiveBus
    {
        private readonly InProcessBus _bus = new();
        private int _listeners;

        public int Listeners => Volatile.Read(ref _listeners);

        public void Publish(LiveMessage message) => _bus.Publish(message);

        public IDisposable Subscribe(string topic, Action<LiveMessage> listener)
        {
            var held = _bus.Subscribe(topic, listener);
            Interlocked.Increment(ref _listeners);
            return new Listening(this, held);
        }

        private sealed class Listening(CountingBus bus, IDisposable held) : IDisposable
        {
            private int _ended;

            public void Dispose()
            {
                held.Dispose();
                if (Interlocked.Exchange(ref _ended, 1) == 0) Interlocked.Decrement(ref bus._listeners);
            }
        }
    }

    /// <summary>Topics that are kept in memory; who asks for one may be made to wait.</summary>
    private sealed class Ledger : ITopicRule
    {
        private readonly System.Collections.Concurrent.ConcurrentDictionary<string, long> _stands = new();
        private readonly System.Collections.Concurrent.ConcurrentDictionary<string, Waiting> _held = new();

        public string Kind => "ledger";

        /// <summary>Released when somebody was just told where a topic stands.</summary>
        public SemaphoreSlim Asked { get; } = new(0);

        public long At(string topic) => _stands.GetValueOrDefault(topic);

        public long Move(string topic) => _stands.AddOrUpdate(topic, 1, (_, at) => at + 1);

        /// <summary>The next who asks for this topic waits.</summary>
        public Waiting Hold(string topic) => _held[topic] = new();

        public async ValueTask<long?> CursorAsync(string key, Actor actor, CancellationToken ct)
        {
            var topic = $"{Kind}:{key}";
            if (_held.TryRemove(topic, out var held))
            {
                held.Reached.SetResult();
                return await held.Answer.Task.WaitAsync(ct);
            }

            var at = At(topic);
            Asked.Release();
            await Task.Yield();
            return at;
        }
    }

    private sealed class Waiting
    {
        public TaskCompletionSource Reached { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource<long?> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
