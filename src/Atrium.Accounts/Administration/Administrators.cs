using Atrium.Kernel;

namespace Atrium.Accounts.Administration;

internal static class Administrators
{
    /// <summary>Refuses all but those who run the house. A token needs the scope as well.</summary>
    public static void Demand(Actor actor)
    {
        if (!actor.IsAdministrator) throw actor.IsMember ? Refusal.Forbidden() : Refusal.SignIn();
        if (!actor.HasScope("accounts:admin")) throw Refusal.Forbidden("This token may not do that: it lacks the scope accounts:admin.", "insufficient_scope");
    }
}
