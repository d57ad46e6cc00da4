using System.Security.Claims;
using Atrium.Kernel.Modules;
using Microsoft.AspNetCore.Http;

namespace Atrium.Kernel.Http;

/// <summary>The actor of the running request, for dependency injection.</summary>
public sealed class CurrentActor
{
    public Actor Actor { get; set; } = Actor.Anonymous;
}

/// <summary>Makes one <see cref="Actor"/> out of whatever signed the caller in.</summary>
internal sealed class ActorMiddleware(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context, CurrentActor current, RolePermissions permissions)
    {
        current.Actor = await FromAsync(context, permissions);
        await next(context);
    }

    private static async ValueTask<Actor> FromAsync(HttpContext context, RolePermissions permissions)
    {
        var address = context.Connection.RemoteIpAddress;
        var user = context.User;
        if (user.Identity?.IsAuthenticated != true) return Actor.Anonymous with { Address = address };

        var member = Id<Member>.TryParse(user.FindFirstValue(AtriumClaims.Subject), null, out var id) ? id : (Id<Member>?)null;
        var role = Enum.TryParse<Role>(user.FindFirstValue(AtriumClaims.Role), out var known) ? known : Role.Guest;
        var scopes = user.FindAll(AtriumClaims.Scope).Select(c => c.Value).Where(s => s != AtriumClaims.NoScope).ToHashSet();
        return new Actor
        {
            Kind = member is null ? ActorKind.App : ActorKind.Member,
            MemberId = member,
            Handle = user.FindFirstValue(AtriumClaims.Handle),
            Role = role,
            Scopes = user.HasClaim(c => c.Type == AtriumClaims.Scope) ? scopes : null,
            Permissions = member is null ? new HashSet<string>() : await permissions.OfAsync(role, context.RequestAborted),
            Client = user.FindFirstValue(AtriumClaims.Client) ?? "web",
            ClientSite = user.FindFirstValue(AtriumClaims.ClientSite),
            SessionId = user.FindFirstValue(AtriumClaims.Session),
            Address = address,
            TimeZone = user.FindFirstValue(AtriumClaims.TimeZone) ?? "Etc/UTC",
            Culture = user.FindFirstValue(AtriumClaims.Culture) ?? "en",
        };
    }
}
