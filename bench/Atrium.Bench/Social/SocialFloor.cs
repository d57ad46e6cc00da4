using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Atrium.Bench.Social;

/// <summary>The floor of Social: a page of a home, a thread and a search as one statement each, a post with its homes as three, a frame sent to all who listen.</summary>
internal static partial class SocialFloor
{
    private static long _last = DateTimeOffset.Parse("2020-01-01T00:00:00Z", System.Globalization.CultureInfo.InvariantCulture).ToUnixTimeMilliseconds() << 16;

    public static void Map(WebApplication app, BenchHouse house)
    {
        IReadOnlyList<string>? columns = null;
        app.MapGet("/social/home/{owner:long}", (long owner, HttpResponse response, CancellationToken ct) => ReadAsync(house, response, Home(owner), ct));
        app.MapGet("/social/thread/{root:long}", (long root, HttpResponse response, CancellationToken ct) => ReadAsync(house, response, Thread(root), ct));
        app.MapGet("/social/search/{word}", (string word, HttpResponse response, CancellationToken ct) => ReadAsync(house, response, Found(house, word), ct));
        app.MapPost("/social/post/{template:long}", PostAsync);
        app.MapPost("/social/inbox/{template:long}", async (long template, HttpRequest request, CancellationToken ct) =>
        {
            if (!await VerifyAsync(house, request, ct)) return Results.Unauthorized();
            await PostAsync(template, ct);
            return Results.Accepted();
        });
        app.MapPost("/social/fan/{author:long}", (long author, CancellationToken ct) => house.ExecuteAsync(Homes($"{author}", Interlocked.Add(ref _last, 65_536)), ct));
        MapStream(app);

        async Task PostAsync(long template, CancellationToken ct)
        {
            columns ??= await Rows.ColumnsAsync(house, "social_status", ct);
            var id = Interlocked.Add(ref _last, 65_536);
            var changed = new Dictionary<string, string> { ["id"] = $"{id}", ["uri"] = $"'/floor/{id}'", ["conversation_id"] = $"{id}", ["thread_root"] = $"{id}" };
            await using var connection = await house.ConnectAsync(ct);
            await using var transaction = await connection.BeginTransactionAsync(ct);
            foreach (var sql in (string[])
            [
                $"INSERT INTO social_status ({string.Join(", ", columns)}) SELECT {string.Join(", ", columns.Select(c => changed.GetValueOrDefault(c, c)))} FROM social_status WHERE id = {template}",
                $"INSERT INTO social_status_stats (status_id, replies, boosts, favourites, quotes) VALUES ({id}, 0, 0, 0, 0)",
                Homes($"(SELECT account_id FROM social_status WHERE id = {template})", id),
            ])
            {
                await using var command = connection.CreateCommand();
                command.CommandText = sql;
                command.Transaction = transaction;
                await command.ExecuteNonQueryAsync(ct);
            }

            await transaction.CommitAsync(ct);
        }
    }

    private static string Homes(string author, long status) =>
        $"""
         INSERT INTO social_home_entry (owner_id, status_id, original_id, via_account_id, reason, in_home)
         SELECT f.account_id, {status}, {status}, f.target_id, 'Follow', TRUE FROM social_follow f WHERE f.target_id = {author}
         """;

    private static void MapStream(WebApplication app)
    {
        var sockets = new ConcurrentBag<WebSocket>();
        app.UseWebSockets();
        app.MapGet("/social/stream", async (HttpContext http, CancellationToken ct) =>
        {
            using var socket = await http.WebSockets.AcceptWebSocketAsync();
            sockets.Add(socket);
            await socket.ReceiveAsync(new byte[16], ct);
        });
        app.MapPost("/social/say", async (HttpRequest request, CancellationToken ct) =>
        {
            using var text = new StreamReader(request.Body);
            var frame = Encoding.UTF8.GetBytes((await text.ReadToEndAsync(ct)).PadRight(2_000));
            foreach (var socket in sockets)
                if (socket.State == WebSocketState.Open) await socket.SendAsync(frame, WebSocketMessageType.Text, true, ct);
        });
    }
}
