using Atrium.Kernel;
using OpenIddict.EntityFrameworkCore.Models;

namespace Atrium.Accounts.OAuth;

// Spelt as one word each, so that the tables are accounts_openiddict_application and so on.

/// <summary>An app that members registered and others may allow in.</summary>
public sealed class OpeniddictApplication : OpenIddictEntityFrameworkCoreApplication<long, OpeniddictAuthorization, OpeniddictToken>
{
    public OpeniddictApplication() => Id = Id<OpeniddictApplication>.New().Value;

    /// <summary>Who registered it; null for one that the house keeps itself.</summary>
    public Id<Member>? OwnerId { get; set; }

    public string? Website { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>Of an app that registered itself: all it may ever ask for. Null where the member alone decides.</summary>
    public string? AskedScopes { get; set; }

    /// <summary>Of an app that registered itself: its addresses as it sent them, a line each.</summary>
    public string? SentRedirects { get; set; }

    /// <summary>Its ETag. Counted by hand: the library has a concurrency token of its own and marks every column as changed.</summary>
    public long Revision { get; set; } = 1;
}

/// <summary>What one member allowed one app.</summary>
public sealed class OpeniddictAuthorization : OpenIddictEntityFrameworkCoreAuthorization<long, OpeniddictApplication, OpeniddictToken>
{
    public OpeniddictAuthorization() => Id = Id<OpeniddictAuthorization>.New().Value;

    /// <summary>When the app last came with a token of this grant; kept to the minute.</summary>
    public DateTimeOffset? LastUsedAt { get; set; }
}

/// <summary>A code or token handed to an app. Only what it refers to is stored, never what the app holds.</summary>
public sealed class OpeniddictToken : OpenIddictEntityFrameworkCoreToken<long, OpeniddictApplication, OpeniddictAuthorization>
{
    public OpeniddictToken() => Id = Id<OpeniddictToken>.New().Value;
}

/// <summary>The library wants a table of scopes; ours come from the modules, so it stays empty.</summary>
internal sealed class OpeniddictScope : OpenIddictEntityFrameworkCoreScope<long>
{
    public OpeniddictScope() => Id = Id<OpeniddictScope>.New().Value;
}
