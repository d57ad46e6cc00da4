using System.IO.Compression;
using System.Net;
using Atrium.Kernel.Outbound;
using Atrium.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Kernel.Tests.Outbound;

public sealed class OutboundHttpTests
{
    [Fact]
    public async Task Gets_a_body_when_private_addresses_are_allowed()
    {
        await using var server = await FarEnd.StartAsync(c => c.Response.WriteAsync("hello " + c.Request.Headers.UserAgent));
        var answer = await Client(allowPrivate: true).GetAsync(server.Address.AbsoluteUri);
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.StartsWith("hello Atrium/", answer.Text(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://127.0.0.1:{0}/")]
    [InlineData("http://localhost:{0}/")]
    [InlineData("http://[::1]:{0}/")]
    [InlineData("http://[::ffff:127.0.0.1]:{0}/")]
    [InlineData("http://2130706433:{0}/")]
    [InlineData("http://0x7f.1:{0}/")]
    [InlineData("http://0177.0.0.1:{0}/")]
    [InlineData("http://127.1:{0}/")]
    [InlineData("http://0.0.0.0:{0}/")]
    public async Task This_machine_is_closed_however_it_is_written(string address)
    {
        var asked = 0;
        await using var server = await FarEnd.StartAsync(_ => { asked++; return Task.CompletedTask; });
        var failure = await Assert.ThrowsAsync<OutboundFailure>(() => Client().GetAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, address, server.Address.Port)));
        Assert.Equal(OutboundTrouble.Closed, failure.Trouble);
        Assert.Equal(0, asked);
    }

    [Fact]
    public async Task A_name_that_changes_its_mind_is_asked_once_and_judged_by_that_answer()
    {
        var asked = 0;
        await using var server = await FarEnd.StartAsync(_ => { asked++; return Task.CompletedTask; });
        var lookups = 0;
        // Public at first, this machine after: a guard that looks up twice would go to the second.
        var client = Client(resolve: (_, _) => Task.FromResult(++lookups == 1 ? [IPAddress.Parse("192.0.2.1")] : new[] { IPAddress.Loopback }));
        var failure = await Assert.ThrowsAsync<OutboundFailure>(() => client.GetAsync($"http://rebind.example:{server.Address.Port}/"));
        Assert.Equal(OutboundTrouble.Closed, failure.Trouble);
        Assert.Equal(1, lookups);
        Assert.Equal(0, asked);
    }

    [Fact]
    public async Task One_closed_address_among_public_ones_closes_the_name()
    {
        var client = Client(resolve: (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse("93.184.215.14"), IPAddress.Parse("10.0.0.1")]));
        Assert.Equal(OutboundTrouble.Closed, (await Assert.ThrowsAsync<OutboundFailure>(() => client.GetAsync("http://mixed.example/"))).Trouble);
    }

    [Fact]
    public async Task A_redirect_is_checked_as_the_first_address_was()
    {
        await using var inner = await FarEnd.StartAsync(c => c.Response.WriteAsync("secret"));
        await using var outer = await FarEnd.StartAsync(c => { c.Response.Redirect($"http://inside.example:{inner.Address.Port}/"); return Task.CompletedTask; });
        // Both run on this machine; the guard's own rule is asked with a resolver that sends only the first name there unjudged.
        var seen = new List<string>();
        var client = Client(allowPrivate: true, resolve: (host, _) =>
        {
            seen.Add(host);
            return host == "inside.example" ? throw new OutboundFailure(OutboundTrouble.Closed, "closed") : Task.FromResult<IPAddress[]>([IPAddress.Loopback]);
        });
        var failure = await Assert.ThrowsAsync<OutboundFailure>(() => client.GetAsync($"http://outside.example:{outer.Address.Port}/"));
        Assert.Equal(OutboundTrouble.Closed, failure.Trouble);
        Assert.Equal(["outside.example", "inside.example"], seen);
    }

    [Fact]
    public async Task Redirects_end_drop_secrets_and_never_reach_another_scheme()
    {
        string? authorization = "none seen";
        await using var server = await FarEnd.StartAsync(c =>
        {
            if (c.Request.Path == "/loop") c.Response.Redirect("/loop");
            else if (c.Request.Path == "/file") c.Response.Redirect("file:///etc/passwd");
            else if (c.Request.Path == "/away") c.Response.Redirect($"http://localhost:{c.Connection.LocalPort}/end");
            else authorization = c.Request.Headers.Authorization;
            return Task.CompletedTask;
        });
        var client = Client(allowPrivate: true);
        Assert.Equal(OutboundTrouble.TooManyRedirects, (await Assert.ThrowsAsync<OutboundFailure>(() => client.GetAsync(new Uri(server.Address, "/loop").AbsoluteUri))).Trouble);
        Assert.Equal(OutboundTrouble.Address, (await Assert.ThrowsAsync<OutboundFailure>(() => client.GetAsync(new Uri(server.Address, "/file").AbsoluteUri))).Trouble);

        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(server.Address, "/away"));
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer secret");
        var answer = await client.SendAsync(request);
        Assert.Equal("localhost", answer.Address.Host);
        Assert.Null(authorization);
    }

    [Fact]
    public async Task A_post_is_not_carried_on_by_a_redirect()
    {
        await using var server = await FarEnd.StartAsync(c => { c.Response.StatusCode = 307; c.Response.Headers.Location = "/other"; return Task.CompletedTask; });
        Assert.Equal(HttpStatusCode.TemporaryRedirect, (await Client(allowPrivate: true).PostAsync(server.Address.AbsoluteUri, new StringContent("x"))).Status);
    }

    [Fact]
    public async Task Bodies_are_cut_off_at_their_cap_also_when_they_were_compressed_or_lie_about_their_length()
    {
        await using var server = await FarEnd.StartAsync(async c =>
        {
            if (c.Request.Path == "/bomb")
            {
                c.Response.Headers.ContentEncoding = "gzip";
                await using var gzip = new GZipStream(c.Response.Body, CompressionLevel.Optimal, leaveOpen: true);
                var zeros = new byte[1 << 20];
                for (var i = 0; i < 200; i++) await gzip.WriteAsync(zeros);
                return;
            }

            if (c.Request.Path == "/said") c.Response.ContentLength = 50_000_000;
            var chunk = new byte[64 * 1024];
            try
            {
                while (!c.RequestAborted.IsCancellationRequested) await c.Response.Body.WriteAsync(chunk, c.RequestAborted);
            }
            catch (OperationCanceledException)
            {
            }
        });
        var client = Client(allowPrivate: true);
        foreach (var path in new[] { "/endless", "/said", "/bomb" })
            Assert.Equal(OutboundTrouble.TooLarge, (await Assert.ThrowsAsync<OutboundFailure>(() => client.GetAsync(new Uri(server.Address, path).AbsoluteUri, bodyCap: 100_000))).Trouble);
    }

    [Fact]
    public async Task Slow_headers_slow_bodies_and_large_headers_are_given_up()
    {
        await using var server = await FarEnd.StartAsync(async c =>
        {
            if (c.Request.Path == "/header")
            {
                for (var i = 0; i < 60; i++) c.Response.Headers[$"x-{i}"] = new string('a', 1000);
                return;
            }

            try
            {
                if (c.Request.Path == "/drip")
                    while (true)
                    {
                        await c.Response.WriteAsync("x", c.RequestAborted);
                        await Task.Delay(50, c.RequestAborted);
                    }

                await Task.Delay(Timeout.Infinite, c.RequestAborted);
            }
            catch (OperationCanceledException)
            {
            }
        });
        var client = Client(allowPrivate: true, timeout: "00:00:00.6");
        Assert.Equal(OutboundTrouble.TooSlow, (await Assert.ThrowsAsync<OutboundFailure>(() => client.GetAsync(new Uri(server.Address, "/never").AbsoluteUri))).Trouble);
        Assert.Equal(OutboundTrouble.TooSlow, (await Assert.ThrowsAsync<OutboundFailure>(() => client.GetAsync(new Uri(server.Address, "/drip").AbsoluteUri))).Trouble);
        Assert.Equal(OutboundTrouble.TooLarge, (await Assert.ThrowsAsync<OutboundFailure>(() => client.GetAsync(new Uri(server.Address, "/header").AbsoluteUri))).Trouble);
    }

    [Theory]
    [InlineData("ftp://example.org/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("gopher://127.0.0.1/")]
    [InlineData("not an address")]
    [InlineData("http://user:secret@example.org/")]
    [InlineData("/relative")]
    public async Task Only_plain_web_addresses_are_fetched(string address) =>
        Assert.Equal(OutboundTrouble.Address, (await Assert.ThrowsAsync<OutboundFailure>(() => Client(allowPrivate: true).GetAsync(address))).Trouble);

    internal static OutboundHttp Client(bool allowPrivate = false, string? timeout = null, ResolveHost? resolve = null)
    {
        var settings = new Dictionary<string, string?> { ["Outbound:AllowPrivate"] = allowPrivate.ToString() };
        if (timeout is not null) settings["Outbound:Timeout"] = timeout;
        var services = new ServiceCollection();
        if (resolve is not null) services.AddSingleton(resolve);
        return services.AddOutbound(new ConfigurationBuilder().AddInMemoryCollection(settings).Build()).BuildServiceProvider().GetRequiredService<OutboundHttp>();
    }
}
