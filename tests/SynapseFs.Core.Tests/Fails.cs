using NUnit.Framework.Constraints;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Tests;

/// <summary>The one way in which a verb fails.</summary>
internal static class Fails
{
    public static EqualConstraint With(FsError error) => Throws.InstanceOf<FsException>().With.Property(nameof(FsException.Error)).EqualTo(error);
}
