using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Atrium.Testing;
using Microsoft.AspNetCore.Http;

namespace Atrium.Social.Tests.Federation;

/// <summary>A server that says what the test wants it to say, and signs it as the test wants.</summary>
internal sealed class HostilePeer : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Func<HttpContext, Task>> _pages = new();
    private FarEnd _server = null!;

    private HostilePeer() { }

    public string Url => _server.Address.GetLeftPart(UriPartial.Authority);

    /// <summary>How often anything was asked of it.</summary>
    public int Asked { get; private set; }

    public ConcurrentQueue<JsonObject> Received { get; } = new();

    /// <summary>What happens between an inbox's reading and its answer.</summary>
    public Func<HttpContext, Task>? Delay { get; set; }

    /// <summary>What its inboxes answer.</summary>
    public int Answers { get; set; } = 202;

    /// <summary>When to come again, as its inboxes say it.</summary>
    public string? RetryAfter { get; set; }

    public static async Task<HostilePeer> StartAsync()
    {
        var peer = new HostilePeer();
        peer._server = await FarEnd.StartAsync(peer.AnswerAsync);
        return peer;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    /// <summary>Somebody who lives there.</summary>
    public HostileActor Actor(string name)
    {
        var actor = new HostileActor(Url, name);
        Serve($"/users/{name}", actor.Document);
        return actor;
    }

    public void Serve(string path, JsonObject document, string type = "application/activity+json") => _pages[path] = http =>
    {
        http.Response.ContentType = type;
        return http.Response.WriteAsync(document.ToJsonString());
    };

    public void Serve(string path, byte[] content, string type) => _pages[path] = http =>
    {
        http.Response.ContentType = type;
        return http.Response.Body.WriteAsync(content).AsTask();
    };

    /// <summary>Answers nothing there until then.</summary>
    public void Hang(string path, Task until) => _pages[path] = http => until.WaitAsync(http.RequestAborted);

    public void Redirect(string path, string to) => _pages[path] = http =>
    {
        http.Response.Redirect(to);
        return Task.CompletedTask;
    };

    private async Task AnswerAsync(HttpContext http)
    {
        Asked++;
        if (HttpMethods.IsPost(http.Request.Method))
        {
            using var reader = new StreamReader(http.Request.Body);
            Received.Enqueue(JsonNode.Parse(await reader.ReadToEndAsync())!.AsObject());
            if (Delay is { } delay) await delay(http);
            http.Response.StatusCode = Answers;
            if (RetryAfter is { } wait) http.Response.Headers.RetryAfter = wait;
        }
        else if (_pages.TryGetValue(http.Request.Path, out var page)) await page(http);
        else http.Response.StatusCode = 404;
    }
}

/// <summary>An actor with a key of their own.</summary>
internal sealed class HostileActor
{
    private readonly string _root;
    private readonly ConcurrentDictionary<TestHouse, Caller> _callers = new();

    public HostileActor(string root, string name)
    {
        _root = root;
        Id = $"{root}/users/{name}";
        using var rsa = RSA.Create(2048);
        Key = new(Id + "#main-key", rsa.ExportPkcs8PrivateKeyPem());
        Document = new()
        {
            ["@context"] = "https://www.w3.org/ns/activitystreams", ["id"] = Id, ["type"] = "Person", ["preferredUsername"] = name, ["name"] = name, ["inbox"] = Id + "/inbox", ["followers"] = Id + "/followers",
            ["publicKey"] = new JsonObject { ["id"] = Key.KeyId, ["owner"] = Id, ["publicKeyPem"] = rsa.ExportSubjectPublicKeyInfoPem() },
        };
    }

    public string Id { get; }

    public SigningKey Key { get; }

    public JsonObject Document { get; }

    public string NewId(string kind) => $"{_root}/{kind}/{Kernel.RandomKey.New(16)}";

    public JsonObject Activity(string type, JsonNode? what, string? id = null) => new() { ["id"] = id ?? NewId("activities"), ["type"] = type, ["actor"] = Id, ["object"] = what };

    public JsonObject Note(string content, string? inReplyTo = null, params string[] to) => new()
    {
        ["id"] = NewId("notes"), ["type"] = "Note", ["attributedTo"] = Id, ["content"] = content, ["inReplyTo"] = inReplyTo, ["to"] = new JsonArray([.. to.Append("https://www.w3.org/ns/activitystreams#Public").Select(t => (JsonNode)t)]),
    };

    /// <summary>Sends a body, signed unless <paramref name="change"/> spoils it.</summary>
    public async Task<HttpStatusCode> SendAsync(TestHouse house, byte[] body, SigningKey? key = null, DateTimeOffset? at = null, Action<HttpRequestMessage>? change = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, house.Url + "/inbox") { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/activity+json");
        foreach (var (name, value) in Cavage.Sign("POST", request.RequestUri!, body, "application/activity+json", key ?? Key, at ?? TimeProvider.System.GetUtcNow())) request.Headers.TryAddWithoutValidation(name, value);
        change?.Invoke(request);
        using var answer = await _callers.GetOrAdd(house, h => h.Stranger()).Http.SendAsync(request);
        return answer.StatusCode;
    }

    public Task<HttpStatusCode> SendAsync(TestHouse house, JsonObject activity, SigningKey? key = null, DateTimeOffset? at = null, Action<HttpRequestMessage>? change = null) =>
        SendAsync(house, Encoding.UTF8.GetBytes(activity.ToJsonString()), key, at, change);
}
