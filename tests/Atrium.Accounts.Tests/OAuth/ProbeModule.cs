using Atrium.Contracts.Accounts;
using Atrium.Kernel;
using Atrium.Kernel.Http;
using Atrium.Kernel.Modules;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Accounts.Tests.OAuth;

/// <summary>A room that answers who called: over the API by scope, and at an address that takes app passwords as CalDAV's will.</summary>
internal sealed class ProbeModule : IModule
{
    public sealed record Seen(ActorKind Kind, Id<Member>? Member, string? Handle, Role Role, IReadOnlyCollection<string>? Scopes, string Client);

    public string Name => "probe";

    public void Register(ModuleBuilder module) => module.Scope("probe:read", "Look").Scope("probe:write", "Touch");

    public void Map(IEndpointRouteBuilder app)
    {
        var api = app.MapApi("probe");
        api.MapGet("", See).Operation("look", "Says who calls", "probe:read", RateClass.Read);
        api.MapPost("", See).Operation("touch", "Says who calls", "probe:write", RateClass.Write);
        app.MapGet("/probe/dav", See).RequireAuthorization().Rate(RateClass.Read).AcceptAppPasswords();
        app.MapGet("/probe/page", See).RequireAuthorization().Rate(RateClass.Read);
    }

    private static Seen See(Actor actor) => new(actor.Kind, actor.MemberId, actor.Handle, actor.Role, actor.Scopes?.Order().ToList(), actor.Client);
}
