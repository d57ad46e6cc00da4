using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace Atrium.Bench.Social;

/// <summary>What the floor reads: posts with their authors and counters, column by column.</summary>
internal static partial class SocialFloor
{
    private const string Columns =
        """
        s.id, s.created_at, s.in_reply_to, s.in_reply_to_account, s.sensitive, s.spoiler, s.visibility, s.language, s.uri, s.url, s.edited_at, s.html, s.document,
        c.replies, c.boosts, c.favourites, c.quotes, a.username, a.display_name, a.url AS author_url, a.avatar_url, a.note, a.fields, n.followers, n.following, n.statuses
        """;

    private const string Joins = "JOIN social_status_stats c ON c.status_id = s.id JOIN social_account a ON a.id = s.account_id JOIN social_account_stats n ON n.account_id = a.id";

    private static string Home(long owner) =>
        $"SELECT {Columns} FROM social_home_entry h JOIN social_status s ON s.id = h.status_id {Joins} WHERE h.owner_id = {owner} AND h.in_home AND s.deleted_at IS NULL ORDER BY h.status_id DESC LIMIT 20";

    private static string Thread(long root) => $"SELECT {Columns} FROM social_status s {Joins} WHERE s.thread_root = {root} AND s.deleted_at IS NULL ORDER BY s.id";

    private static string Found(BenchHouse house, string word)
    {
        var (from, matches, rank) = house.OnPostgres
            ? ("kernel_search f", $"f.words @@ to_tsquery('simple', '{word}')", $"-ts_rank(f.words, to_tsquery('simple', '{word}'))")
            : ("kernel_search_words JOIN kernel_search f ON f.id = kernel_search_words.rowid", $"kernel_search_words MATCH '{word}'", "bm25(kernel_search_words)");
        return $"SELECT {Columns} FROM (SELECT f.key, {rank} AS rank FROM {from} WHERE {matches} AND f.kind = 'status' ORDER BY rank LIMIT 20) q JOIN social_status s ON s.id = q.key {Joins} ORDER BY q.rank";
    }

    private static async Task ReadAsync(BenchHouse house, HttpResponse response, string sql, CancellationToken ct)
    {
        await using var connection = await house.ConnectAsync(ct);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await Floor.WriteRowsAsync(response, command, ct);
    }

    // The key of the sender from its row, the digest of the body and the signature: what nobody can leave out.
    private static async Task<bool> VerifyAsync(BenchHouse house, HttpRequest request, CancellationToken ct)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, ct);
        var parts = Parameters().Matches(request.Headers["Signature"].ToString()).ToDictionary(m => m.Groups["name"].Value, m => m.Groups["value"].Value);
        if (request.Headers["Digest"] != "SHA-256=" + Convert.ToBase64String(SHA256.HashData(body.ToArray()))) return false;
        await using var connection = await house.ConnectAsync(ct);
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT public_key_pem FROM social_account WHERE public_key_id = '{parts["keyId"]}'";
        using var rsa = RSA.Create();
        rsa.ImportFromPem((string)(await command.ExecuteScalarAsync(ct))!);
        var signed = string.Join('\n', parts["headers"].Split(' ').Select(h => $"{h}: {(h == "(request-target)" ? $"post {request.Path}" : request.Headers[h].ToString())}"));
        return rsa.VerifyData(Encoding.UTF8.GetBytes(signed), Convert.FromBase64String(parts["signature"]), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }

    [GeneratedRegex("(?<name>[a-zA-Z]+)=\"(?<value>[^\"]*)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Parameters();
}
