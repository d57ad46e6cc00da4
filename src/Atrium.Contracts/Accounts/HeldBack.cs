using Atrium.Kernel;

namespace Atrium.Contracts.Accounts;

/// <summary>
/// Left among a request's features: its token is good, but the member it is of cannot call just now. The request itself is anonymous; a protocol
/// that tells why, or lets such a member ask for their letter again, finds here who it is.
/// </summary>
/// <param name="State">Anything but active.</param>
/// <param name="Scopes">Those of the token; null for one that is not narrowed.</param>
public sealed record HeldBack(Id<Member> Member, AccountState State, IReadOnlyCollection<string>? Scopes);
