using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Atrium.Bench.Tasks;

/// <summary>Two hundred people look at one board on which twenty moves happen each second: how long until the last of them is told?</summary>
internal sealed class LiveBoardScenario : IScenario
{
    private const int Watchers = 200;
    private const int MovesASecond = 20;

    public string Name => "live-board";

    public async Task RunAsync(Stage stage, CancellationToken ct)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var heard = new ConcurrentDictionary<long, (int Count, long At)>();
        var sockets = new List<ClientWebSocket>();
        for (var i = 0; i < Watchers; i++) sockets.Add(await ListenAsync(stage, ct));
        var listening = sockets.Select(socket => Task.Run(() => HearAsync(socket, heard, ends.Token), ct)).ToList();

        var moved = new Dictionary<long, long>();
        var (reader, columns, tasks) = (stage.Sample.Reader, stage.Sample.Columns, stage.Sample.Tasks);
        using var beat = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / MovesASecond));
        for (var turn = 0; turn < MovesASecond * stage.Time.TotalSeconds; turn++)
        {
            await beat.WaitForNextTickAsync(ct);
            var asked = Stopwatch.GetTimestamp();
            var answer = (await reader.PostAsync($"/api/tasks/tasks/{tasks[turn % 32]}/move", new { column = columns[(turn / 32 % 2) + 1] })).Ok();
            moved[answer.Json.GetProperty("seq").GetInt64()] = asked;
        }

        await WaitAsync(() => moved.Keys.All(seq => heard.TryGetValue(seq, out var h) && h.Count == Watchers), TimeSpan.FromSeconds(10), ct);
        await ends.CancelAsync();
        await Task.WhenAll(listening);
        sockets.ForEach(s => s.Dispose());
        double[] last = [.. moved.Where(m => heard.ContainsKey(m.Key)).Select(m => Stopwatch.GetElapsedTime(m.Value, heard[m.Key].At).TotalMilliseconds).Order()];
        var all = moved.Keys.Count(seq => heard.TryGetValue(seq, out var h) && h.Count == Watchers);
        Console.WriteLine($"{Name,-16} {Watchers} watchers, {MovesASecond} moves/s: to the last watcher p50 {last[last.Length / 2]:0.0} ms  p99 {last[(int)(last.Length * 0.99)]:0.0} ms; {all} of {moved.Count} moves reached everyone as a frame of their own");
    }

    private static async Task<ClientWebSocket> ListenAsync(Stage stage, CancellationToken ct)
    {
        var socket = new ClientWebSocket();
        foreach (var (name, values) in stage.Sample.Reader.Http.DefaultRequestHeaders.Where(h => h.Key == "Cookie")) socket.Options.SetRequestHeader(name, string.Join("; ", values));
        socket.Options.SetRequestHeader("Origin", stage.House.Url);
        await socket.ConnectAsync(new($"{stage.House.Url.Replace("http", "ws", StringComparison.Ordinal)}/live"), ct);
        await socket.SendAsync(Encoding.UTF8.GetBytes($$"""{"op":"sub","topic":"project:{{stage.Sample.Project}}"}"""), WebSocketMessageType.Text, true, ct);
        return socket;
    }

    private static async Task HearAsync(ClientWebSocket socket, ConcurrentDictionary<long, (int Count, long At)> heard, CancellationToken ct)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (true)
            {
                var got = await socket.ReceiveAsync(buffer, ct);
                if (got.MessageType == WebSocketMessageType.Close) return;
                using var frame = JsonDocument.Parse(buffer.AsMemory(0, got.Count));
                if (!frame.RootElement.TryGetProperty("cursor", out var cursor)) continue;
                var at = Stopwatch.GetTimestamp();
                heard.AddOrUpdate(long.Parse(cursor.ToString()), (1, at), (_, before) => (before.Count + 1, at));
            }
        }
        catch (OperationCanceledException)
        {
            // The scenario is over.
        }
    }

    private static async Task WaitAsync(Func<bool> until, TimeSpan atMost, CancellationToken ct)
    {
        var start = Stopwatch.GetTimestamp();
        using var beat = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!until() && Stopwatch.GetElapsedTime(start) < atMost) await beat.WaitForNextTickAsync(ct);
    }
}
