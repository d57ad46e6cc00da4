using System.Text.Json.Nodes;

namespace Atrium.Social;

/// <summary>Writes local accounts as ActivityPub actors.</summary>
internal sealed class ActorWriter(FederationGate gate)
{
    /// <param name="account">With its public keys in place.</param>
    public JsonObject Write(Account account)
    {
        var id = gate.Absolute(account.Uri);
        var node = new JsonObject
        {
            ["id"] = id,
            ["type"] = account.Kind.ToString(),
            ["preferredUsername"] = account.Username,
            ["name"] = account.DisplayName,
            ["summary"] = Links(account.Note),
            ["inbox"] = id + "/inbox",
            ["outbox"] = id + "/outbox",
            ["followers"] = id + "/followers",
            ["following"] = id + "/following",
            ["featured"] = id + "/collections/featured",
            ["featuredTags"] = id + "/collections/tags",
            ["url"] = gate.Absolute(account.Url),
            ["published"] = account.CreatedAt.UtcDateTime.Date.ToString("yyyy-MM-dd'T'00:00:00'Z'", System.Globalization.CultureInfo.InvariantCulture),
            ["manuallyApprovesFollowers"] = account.Locked,
            ["discoverable"] = account.Discoverable,
            ["indexable"] = account.Indexable,
            ["memorial"] = account.Standing == AccountStanding.Memorial,
            ["suspended"] = false,
            ["alsoKnownAs"] = Ap.List(account.AlsoKnownAs),
            ["attachment"] = new JsonArray([.. account.Fields.Select(f => (JsonNode)new JsonObject { ["type"] = "PropertyValue", ["name"] = f.Name, ["value"] = Atrium.Kernel.SafeHtml.Encoded(f.Value).Value })]),
            ["endpoints"] = new JsonObject { ["sharedInbox"] = gate.Absolute("/inbox") },
            ["publicKey"] = new JsonObject { ["id"] = id + "#main-key", ["owner"] = id, ["publicKeyPem"] = account.PublicKeyPem },
            ["assertionMethod"] = account.Ed25519PublicKey is not { } second ? new JsonArray()
                : new JsonArray(new JsonObject { ["id"] = id + "#ed25519-key", ["type"] = "Multikey", ["controller"] = id, ["publicKeyMultibase"] = second }),
            ["webfinger"] = $"{account.Username}@{gate.Domain}",
        };
        if (account.MovedTo is { } moved) node["movedTo"] = moved;
        if (account.AvatarUrl is { } avatar) node["icon"] = Picture(avatar, account.AvatarDescription);
        if (account.HeaderUrl is { } header) node["image"] = Picture(header, account.HeaderDescription);
        return node;
    }

    /// <summary>HTML of the house with its own addresses made absolute.</summary>
    public string Links(string html) => html.Replace("href=\"/", $"href=\"{gate.Absolute("/")}", StringComparison.Ordinal).Replace("src=\"/", $"src=\"{gate.Absolute("/")}", StringComparison.Ordinal);

    private JsonObject Picture(string url, string description)
    {
        var node = new JsonObject { ["type"] = "Image", ["url"] = gate.Absolute(url) };
        if (description.Length > 0) node["summary"] = description;
        return node;
    }
}
