using System.Diagnostics;
using System.Globalization;
using System.Net.WebSockets;
using System.Text;

namespace Atrium.Bench.Social;

/// <summary>Five hundred members listen to their homes by WebSocket: how long after somebody they follow posts does each of them have it?</summary>
internal sealed class StreamScenario : IScenario
{
    private const double PostsASecond = 2;

    public string Name => "social-stream";

    public async Task RunAsync(Stage stage, CancellationToken ct)
    {
        var sample = await stage.SocialAsync(ct);
        var posts = Math.Max(4, (int)(stage.Time.TotalSeconds * PostsASecond));
        var cookies = sample.Listeners.Select(l => (string?)string.Join("; ", l.Http.DefaultRequestHeaders.GetValues("Cookie"))).ToList();
        var ours = await HearAsync(
            cookies, $"{stage.House.Url}/api/v1/streaming?stream=user", posts, async mark => (await sample.Voice.Person.PostAsync("/api/v1/statuses", new { status = mark })).Ok(), ct);
        var floor = await HearAsync(
            [.. cookies.Select(_ => (string?)null)], $"{stage.Floor.Http.BaseAddress}social/stream", posts,
            async mark => (await stage.Floor.Http.PostAsync("/social/say", new StringContent(mark), ct)).EnsureSuccessStatusCode(), ct);
        Console.WriteLine($"{Name,-16} ours   {Words(ours)}  {cookies.Count} sockets, {posts} posts");
        Console.WriteLine($"{"",-16} floor  {Words(floor)}");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"",-16} ratio  p50 {At(ours, 0.5) / At(floor, 0.5):0.0} x  p95 {At(ours, 0.95) / At(floor, 0.95):0.0} x"));
    }

    // Milliseconds from saying a mark to reading it, for each socket and mark; sorted.
    private static async Task<double[]> HearAsync(List<string?> cookies, string address, int posts, Func<string, Task> sayAsync, CancellationToken ct)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var said = new long[posts];
        var heard = new double[posts * cookies.Count];
        var left = heard.Length;
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var sockets = new List<ClientWebSocket>();
        foreach (var cookie in cookies)
        {
            var socket = new ClientWebSocket();
            if (cookie is not null) socket.Options.SetRequestHeader("Cookie", cookie);
            await socket.ConnectAsync(new(address.Replace("http://", "ws://", StringComparison.Ordinal)), ct);
            sockets.Add(socket);
        }

        var listening = sockets.Select((socket, number) => Task.Run(() => ListenAsync(socket, number), ct)).ToList();
        using var beat = new PeriodicTimer(TimeSpan.FromSeconds(1 / PostsASecond));
        for (var i = 0; i < posts; i++)
        {
            await beat.WaitForNextTickAsync(ct);
            said[i] = Stopwatch.GetTimestamp();
            await sayAsync(Mark(i));
        }

        if (await Task.WhenAny(all.Task, Task.Delay(TimeSpan.FromSeconds(20), ct)) != all.Task) Console.WriteLine($"{left} of {heard.Length} frames never came");
        await ends.CancelAsync();
        await Task.WhenAll(listening);
        sockets.ForEach(s => s.Dispose());
        return [.. heard.Where(h => h > 0).Order()];

        async Task ListenAsync(ClientWebSocket socket, int number)
        {
            var buffer = new byte[32 * 1024];
            try
            {
                for (var next = 0; next < posts;)
                {
                    var length = 0;
                    ValueWebSocketReceiveResult part;
                    do length += (part = await socket.ReceiveAsync(buffer.AsMemory(length), ends.Token)).Count;
                    while (!part.EndOfMessage);
                    if (part.MessageType == WebSocketMessageType.Close) return;
                    if (buffer.AsSpan(0, length).IndexOf(Encoding.UTF8.GetBytes(Mark(next))) < 0) continue;
                    heard[(next * sockets.Count) + number] = Stopwatch.GetElapsedTime(said[next]).TotalMilliseconds;
                    next++;
                    if (Interlocked.Decrement(ref left) == 0) all.TrySetResult();
                }
            }
            catch (OperationCanceledException)
            {
                // The scenario is over.
            }
        }
    }

    private static string Mark(int number) => string.Create(CultureInfo.InvariantCulture, $"mark-{number:0000}-");

    private static double At(double[] sorted, double share) => sorted[Math.Min(sorted.Length - 1, (int)(share * sorted.Length))];

    private static string Words(double[] sorted) => string.Create(CultureInfo.InvariantCulture, $"p50 {At(sorted, 0.5),7:0.0} ms  p95 {At(sorted, 0.95),7:0.0} ms  p99 {At(sorted, 0.99),7:0.0} ms");
}
