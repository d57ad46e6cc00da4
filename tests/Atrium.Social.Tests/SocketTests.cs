using System.Net;
using System.Net.WebSockets;
using System.Text;
using Atrium.Contracts.Accounts;
using Atrium.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Social.Tests;

/// <summary>A house that speaks HTTP/2, as browsers and a house with a certificate do with each other.</summary>
public sealed class NewerHouse() : TestHouse(new SocialModule())
{
    protected override IEnumerable<KeyValuePair<string, string?>> Configuration => [new("Kestrel:EndpointDefaults:Protocols", "Http2")];
}

/// <summary>WebSockets over HTTP/2, where they are opened by another method.</summary>
public sealed class SocketTests(NewerHouse house) : IClassFixture<NewerHouse>
{
    [Fact]
    public async Task A_stream_opens_over_http_2_and_answers_its_sub_protocol()
    {
        using var socket = await OpenAsync("/api/v1/streaming?stream=public");
        await socket.SendAsync("""{"type":"subscribe","stream":"nonsense"}"""u8.ToArray(), WebSocketMessageType.Text, true, CancellationToken.None);
        Assert.Contains("Unknown channel requested", await ReadAsync(socket), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_pages_hear_over_http_2_what_changes()
    {
        using var socket = await OpenAsync("/live");
        Assert.Equal(WebSocketState.Open, socket.State);
    }

    private async Task<ClientWebSocket> OpenAsync(string path)
    {
        var ada = await house.PersonAsync("ada");
        var token = await house.InScopeAsync(s => s.GetRequiredService<IMemberRegistry>().AddTokenAsync(ada.Id, "client", ["read", "write"], CancellationToken.None));
        var socket = new ClientWebSocket();
        socket.Options.HttpVersion = HttpVersion.Version20;
        socket.Options.HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        if (path != "/live") socket.Options.AddSubProtocol(token);
        await socket.ConnectAsync(new(house.Url.Replace("http", "ws", StringComparison.Ordinal) + path), new HttpMessageInvoker(new SocketsHttpHandler()), CancellationToken.None);
        Assert.Equal(path == "/live" ? null : token, socket.SubProtocol);
        return socket;
    }

    private static async Task<string> ReadAsync(ClientWebSocket socket)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var buffer = new byte[4096];
        var read = await socket.ReceiveAsync(buffer, patience.Token);
        return Encoding.UTF8.GetString(buffer, 0, read.Count);
    }
}
