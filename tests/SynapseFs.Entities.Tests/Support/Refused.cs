using NUnit.Framework.Constraints;
using SynapseFs.Core.Providers;
using SynapseFs.Vfs;

namespace SynapseFs.Entities.Tests.Support;

/// <summary>What a change that is not carried out throws.</summary>
internal static class Refused
{
    public static EqualConstraint<ChangeRefusal> By(ChangeRefusal refusal) =>
        Throws.TypeOf<ChangeRefusedException>().With.Property(nameof(ChangeRefusedException.Refusal)).EqualTo(refusal);

    /// <summary>Trouble that may pass, so no refusal.</summary>
    public static EqualConstraint<FsError> ForNow(FsError error) =>
        Throws.TypeOf<FsException>().With.Property(nameof(FsException.Error)).EqualTo(error);
}
