namespace Atrium.Kernel.Data;

/// <summary>An entity that two people may edit at once. Its revision is its ETag and grows by one with each change.</summary>
public interface IRevised
{
    long Revision { get; set; }
}
