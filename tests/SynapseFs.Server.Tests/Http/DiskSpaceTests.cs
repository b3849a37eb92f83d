using Microsoft.Data.Sqlite;
using SynapseFs.Server.Errors;

namespace SynapseFs.Server.Tests.Http;

public sealed class DiskSpaceTests
{
    [Test]
    public void Want_of_space_is_told_from_other_failures()
    {
        Assert.Multiple(() =>
        {
            Assert.That(DiskSpace.IsUsedUp(new SqliteException("database or disk is full", 13)), Is.True);
            Assert.That(DiskSpace.IsUsedUp(new IOException("No space left on device", 28)), Is.True);
            Assert.That(DiskSpace.IsUsedUp(new SqliteException("constraint failed", 19)), Is.False);
            Assert.That(DiskSpace.IsUsedUp(new IOException("Broken pipe", 32)), Is.False);
        });
    }

    [Test]
    public void A_full_disk_has_the_one_status_of_its_kind_that_clients_do_not_repeat() =>
        Assert.That(ErrorTable.Status(ServiceException.NoSpace().Error), Is.EqualTo(507));
}
