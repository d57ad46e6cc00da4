using System.Net;
using System.Net.Http.Headers;
using Atrium.Kernel.Files;
using Atrium.Testing;

namespace Atrium.Kernel.Tests.Files;

public sealed class BlobAnswerTests
{
    private static readonly byte[] Bytes = [.. Enumerable.Range(0, 1000).Select(i => (byte)i)];

    [Theory]
    [InlineData(null, 200, 0, 1000)]
    [InlineData("bytes=0-99", 206, 0, 100)]
    [InlineData("bytes=900-", 206, 900, 100)]
    [InlineData("bytes=-10", 206, 990, 10)]
    [InlineData("bytes=-5000", 206, 0, 1000)]
    [InlineData("bytes=990-5000", 206, 990, 10)]
    [InlineData("bytes=999-999", 206, 999, 1)]
    [InlineData("bytes=0-1,5-6", 200, 0, 1000)]
    [InlineData("lines=0-1", 200, 0, 1000)]
    public async Task A_range_is_answered_with_its_bytes(string? range, int status, int from, int length)
    {
        await using var server = await ServerAsync("audio/mpeg");
        var answer = await SendAsync(server, r => r.Headers.TryAddWithoutValidation("Range", range));
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(Bytes[from..(from + length)], await answer.Content.ReadAsByteArrayAsync());
        Assert.Equal(length, answer.Content.Headers.ContentLength);
        if (status == 206) Assert.Equal($"bytes {from}-{from + length - 1}/1000", answer.Content.Headers.ContentRange!.ToString());
    }

    [Theory]
    [InlineData("bytes=1000-")]
    [InlineData("bytes=5000-6000")]
    [InlineData("bytes=-0")]
    public async Task A_range_beyond_the_end_is_416(string range)
    {
        await using var server = await ServerAsync("audio/mpeg");
        var answer = await SendAsync(server, r => r.Headers.TryAddWithoutValidation("Range", range));
        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, answer.StatusCode);
        Assert.Equal("bytes */1000", answer.Content.Headers.ContentRange!.ToString());
    }

    [Fact]
    public async Task The_hash_is_the_tag()
    {
        await using var server = await ServerAsync("image/png");
        Assert.Equal(HttpStatusCode.NotModified, (await SendAsync(server, r => r.Headers.IfNoneMatch.Add(new("\"abc\"")))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(server, r => r.Headers.IfNoneMatch.Add(new("\"other\"")))).StatusCode);
        Assert.Equal(HttpStatusCode.PartialContent, (await SendAsync(server, r => { r.Headers.Range = new(0, 9); r.Headers.IfRange = new(new EntityTagHeaderValue("\"abc\"")); })).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(server, r => { r.Headers.Range = new(0, 9); r.Headers.IfRange = new(new EntityTagHeaderValue("\"old\"")); })).StatusCode);
    }

    [Theory]
    [InlineData("image/png", "inline")]
    [InlineData("text/plain", "inline")]
    [InlineData("image/svg+xml", "attachment")]
    [InlineData("text/html", "attachment")]
    [InlineData("application/pdf", "attachment")]
    public async Task Nothing_is_run_sniffed_or_named_badly(string type, string disposition)
    {
        await using var server = await ServerAsync(type);
        var answer = await SendAsync(server, _ => { });
        Assert.Equal(disposition, answer.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal("brûlée \"x\".bin", answer.Content.Headers.ContentDisposition.FileNameStar);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Contains("sandbox", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("public, max-age=31536000, immutable", answer.Headers.GetValues("Cache-Control").Single());
    }

    [Fact]
    public async Task Head_has_the_headers_and_no_body()
    {
        await using var server = await ServerAsync("audio/mpeg");
        var answer = await SendAsync(server, r => r.Method = HttpMethod.Head);
        Assert.Equal(1000, answer.Content.Headers.ContentLength);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData(true, "cross-origin")]
    [InlineData(false, "same-site")]
    public async Task Pages_of_other_sites_show_what_everyone_may_see_and_nothing_else(bool shared, string policy)
    {
        await using var server = await ServerAsync("image/png", shared);
        var answer = await SendAsync(server, _ => { });
        Assert.Equal(policy, answer.Headers.GetValues("Cross-Origin-Resource-Policy").Single());
        Assert.Equal(shared, answer.Headers.TryGetValues("Access-Control-Allow-Origin", out var origins) && origins.Single() == "*");
    }

    private static Task<FarEnd> ServerAsync(string type, bool shared = true) => FarEnd.StartAsync(c => new BlobAnswer("abc", Bytes.Length, type, "brûlée \"x\".bin", shared, OpenAsync).ExecuteAsync(c));

    private static Task<Stream?> OpenAsync(ByteRange? range, CancellationToken ct) =>
        Task.FromResult<Stream?>(new MemoryStream(range is { } r ? Bytes[(int)r.From..(int)(r.From + r.Length)] : Bytes));

    private static async Task<HttpResponseMessage> SendAsync(FarEnd server, Action<HttpRequestMessage> prepare)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, server.Address);
        prepare(request);
        return await client.SendAsync(request);
    }
}
