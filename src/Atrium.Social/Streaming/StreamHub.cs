using System.Collections.Concurrent;
using System.Globalization;
using System.Threading.Channels;
using Atrium.Kernel;
using Atrium.Kernel.Live;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Atrium.Social;

/// <summary>
/// Hears what happened from the live bus and hands it to those who listen and may see it. What happened is durable elsewhere; it is read once for
/// all listeners, and not at all when nobody listens.
/// </summary>
internal sealed partial class StreamHub(ILiveBus bus, IServiceScopeFactory scopes, ILogger<StreamHub> log) : BackgroundService
{
    private const int Backlog = 10_000;
    private const int Tries = 2;
    private readonly ConcurrentDictionary<long, StreamListener> _listeners = new();
    private readonly Channel<LiveMessage> _happened = Channel.CreateBounded<LiveMessage>(new BoundedChannelOptions(Backlog) { SingleReader = true, FullMode = BoundedChannelFullMode.DropOldest });
    private long _next;

    public IReadOnlyCollection<StreamListener> Listeners => [.. _listeners.Values];

    public void Enter(StreamListener listener)
    {
        listener.Key = Interlocked.Increment(ref _next);
        _listeners[listener.Key] = listener;
    }

    public void Leave(StreamListener listener) => _listeners.TryRemove(listener.Key, out _);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var statuses = bus.Subscribe(SocialTopics.Statuses, Hear);
        using var notices = bus.Subscribe(SocialTopics.Notices, Hear);
        using var signals = bus.Subscribe(SocialTopics.Signals, Hear);
        try
        {
            await foreach (var message in _happened.Reader.ReadAllAsync(stoppingToken)) await TellAsync(message, stoppingToken);
        }
        catch (OperationCanceledException)
        {
            // The house is closing.
        }
    }

    private void Hear(LiveMessage message)
    {
        if (!_listeners.IsEmpty) _happened.Writer.TryWrite(message);
    }

    // A database that was busy for a moment is asked again; to hear of something twice harms nobody.
    private async Task TellAsync(LiveMessage message, CancellationToken ct)
    {
        for (var tries = 1; tries <= Tries; tries++)
        {
            try
            {
                await ReadAsync(message, ct);
                return;
            }
            catch (Exception e) when (!ct.IsCancellationRequested)
            {
                LogFailed(e, message.Topic, message.Cursor);
            }
        }
    }

    private async Task ReadAsync(LiveMessage message, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var news = scope.ServiceProvider.GetRequiredService<StreamNews>();
        await (message.Topic switch
        {
            SocialTopics.Statuses => news.StatusAsync(message.Kind, new(message.Cursor), Listeners, ct, Late(message)),
            SocialTopics.Notices => news.NoticeAsync(new(message.Cursor), Account(message), Listeners, ct),
            _ => SignalAsync(message),
        });
    }

    private Task SignalAsync(LiveMessage message)
    {
        var facts = message.Data!.Value;
        Id<Account>? account = facts.TryGetProperty("account", out _) ? Account(message) : null;
        var payload = facts.TryGetProperty("payload", out var text) ? text.GetString() : null;
        foreach (var listener in Listeners)
            if (listener.Viewer.Me is { } me && (account is null || me == account))
                foreach (var stream in listener.On("user")) listener.Send(new(stream.Path, message.Kind, payload));
        return Task.CompletedTask;
    }

    private static (Id<Follow> After, Id<Follow> Until)? Late(LiveMessage message) => message.Kind != SocialTopics.Late ? null
        : (new(Number(message, "after")), new(Number(message, "until")));

    private static long Number(LiveMessage message, string name) => long.Parse(message.Data!.Value.GetProperty(name).GetString()!, NumberStyles.None, CultureInfo.InvariantCulture);

    private static Id<Account> Account(LiveMessage message) =>
        new(Number(message, "account"));

    [LoggerMessage(Level = LogLevel.Error, Message = "What happened in {Topic} ({Cursor}) could not be streamed")]
    private partial void LogFailed(Exception e, string topic, long cursor);
}
