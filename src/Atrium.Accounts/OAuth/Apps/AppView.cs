using System.Text.Json;
using Atrium.Kernel;
using Atrium.Kernel.Http;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Atrium.Accounts.OAuth.Apps;

/// <summary>An app as the member sees it who registered it.</summary>
/// <param name="Confidential">It can keep a secret.</param>
public sealed record AppView(
    Id<OpeniddictApplication> Id, string ClientId, string Name, string? Website, IReadOnlyList<string> RedirectUris, IReadOnlyList<string> PostLogoutRedirectUris,
    bool Confidential, DateTimeOffset CreatedAt, long Revision) : IRevisedView
{
    internal static AppView Of(OpeniddictApplication app) => new(
        new(app.Id), app.ClientId!, app.DisplayName!, app.Website, List(app.RedirectUris), List(app.PostLogoutRedirectUris),
        app.ClientType == ClientTypes.Confidential, app.CreatedAt, app.Revision);

    private static IReadOnlyList<string> List(string? json) => json is null ? [] : JsonSerializer.Deserialize<string[]>(json)!;
}
