using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Atrium.Bench.Social;

/// <summary>The floor of Social: a page of a home as one statement, a post with its homes as three, a frame sent to all who listen.</summary>
internal static class SocialFloor
{
    private static long _last = DateTimeOffset.Parse("2020-01-01T00:00:00Z", System.Globalization.CultureInfo.InvariantCulture).ToUnixTimeMilliseconds() << 16;

    public static void Map(WebApplication app, BenchHouse house)
    {
        IReadOnlyList<string>? columns = null;
        app.MapGet("/social/home/{owner:long}", async (long owner, HttpResponse response, CancellationToken ct) =>
        {
            await using var connection = await house.ConnectAsync(ct);
            await using var command = connection.CreateCommand();
            command.CommandText =
                $"""
                 SELECT s.id, s.created_at, s.in_reply_to, s.in_reply_to_account, s.sensitive, s.spoiler, s.visibility, s.language, s.uri, s.url, s.edited_at, s.html, s.document,
                 c.replies, c.boosts, c.favourites, c.quotes, a.username, a.display_name, a.url AS author_url, a.avatar_url, a.note, a.fields, n.followers, n.following, n.statuses
                 FROM social_home_entry h JOIN social_status s ON s.id = h.status_id JOIN social_status_stats c ON c.status_id = s.id
                 JOIN social_account a ON a.id = s.account_id JOIN social_account_stats n ON n.account_id = a.id
                 WHERE h.owner_id = {owner} AND h.in_home AND s.deleted_at IS NULL ORDER BY h.status_id DESC LIMIT 20
                 """;
            await Floor.WriteRowsAsync(response, command, ct);
        });
        app.MapPost("/social/post/{template:long}", async (long template, CancellationToken ct) =>
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
        });
        app.MapPost("/social/fan/{author:long}", (long author, CancellationToken ct) => house.ExecuteAsync(Homes($"{author}", Interlocked.Add(ref _last, 65_536)), ct));
        MapStream(app);
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
