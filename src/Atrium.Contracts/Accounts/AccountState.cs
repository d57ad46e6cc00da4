namespace Atrium.Contracts.Accounts;

/// <summary>Where an account stands. Only an active one can sign in or call.</summary>
public enum AccountState
{
    /// <summary>Signed up; the e-mail address is not confirmed yet.</summary>
    Unconfirmed,

    /// <summary>Confirmed; an administrator has not said yes yet.</summary>
    Waiting,

    Active,

    Suspended,

    /// <summary>Asked to go; erased when the days of grace are over, unless they come back.</summary>
    Leaving,
}
