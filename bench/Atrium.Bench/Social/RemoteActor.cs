using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Atrium.Social;

namespace Atrium.Bench.Social;

/// <summary>Somebody of another server, with a key of their own.</summary>
internal sealed class RemoteActor
{
    private const string Everyone = "https://www.w3.org/ns/activitystreams#Public";
    private const string Type = "application/activity+json";
    private readonly SigningKey _key;
    private int _notes;

    public RemoteActor(string root, string name)
    {
        (Name, Id) = (name, $"{root}/users/{name}");
        using var rsa = RSA.Create(2048);
        _key = new(Id + "#main-key", rsa.ExportPkcs8PrivateKeyPem());
        Document = new()
        {
            ["@context"] = "https://www.w3.org/ns/activitystreams", ["id"] = Id, ["type"] = "Person", ["preferredUsername"] = name, ["inbox"] = Id + "/inbox", ["followers"] = Id + "/followers",
            ["publicKey"] = new JsonObject { ["id"] = _key.KeyId, ["owner"] = Id, ["publicKeyPem"] = rsa.ExportSubjectPublicKeyInfoPem() },
        };
    }

    public string Name { get; }

    public string Id { get; }

    public string KeyId => _key.KeyId;

    public JsonObject Document { get; }

    /// <summary>A new post, as it is sent to those who follow.</summary>
    public JsonObject Create()
    {
        var id = $"{Id}/notes/{++_notes}";
        var note = new JsonObject
        {
            ["id"] = id, ["type"] = "Note", ["attributedTo"] = Id, ["content"] = $"<p>Word number {_notes} from afar</p>", ["to"] = new JsonArray(Everyone), ["cc"] = new JsonArray(Id + "/followers"),
        };
        return new() { ["id"] = id + "/activity", ["type"] = "Create", ["actor"] = Id, ["object"] = note };
    }

    /// <summary>Lets somebody follow.</summary>
    public JsonObject Accept(string follower) => new()
    {
        ["id"] = $"{Id}/accepts/1", ["type"] = "Accept", ["actor"] = Id, ["object"] = new JsonObject { ["id"] = "about:blank", ["type"] = "Follow", ["actor"] = follower, ["object"] = Id },
    };

    /// <summary>A signed request to an inbox, ready to be sent once.</summary>
    public HttpRequestMessage Sign(string inbox, JsonObject activity)
    {
        var body = Encoding.UTF8.GetBytes(activity.ToJsonString());
        var request = new HttpRequestMessage(HttpMethod.Post, inbox) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(Type);
        foreach (var (name, value) in Cavage.Sign("POST", request.RequestUri!, body, Type, _key, TimeProvider.System.GetUtcNow())) request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }
}
