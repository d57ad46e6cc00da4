namespace Atrium.Tests;

/// <summary>Each test here starts whole houses: one after the other they measure themselves and not each other.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "Alone";
}
