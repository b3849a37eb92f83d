using System.Globalization;
using System.Text;
using SynapseFs.Server.Tables;
using SynapseFs.Server.Tests.Support;
using SynapseFs.Server.World;
using SynapseFs.Server.World.People;

namespace SynapseFs.Server.Tests.Tables;

/// <summary>Tables after the end of a server: their rows are the world's, and the index is made of them again.</summary>
public sealed class TableRestartTests
{
    private string _directory = null!;

    [SetUp]
    public void NewDirectory() => _directory = TestServer.NewDirectory();

    [TearDown]
    public void RemoveDirectory() => Directory.Delete(_directory, recursive: true);

    [Test]
    public async Task Rows_and_snapshots_are_there_after_a_restart_also_when_the_index_is_gone_or_damaged()
    {
        var (table, owner) = await FillAsync("name\nada\nbob\n");

        Assert.Multiple(() =>
        {
            Assert.That(Read(owner, new TableKey(table, null)), Is.EqualTo("1:ada 2:bob 3:eve"));
            File.Delete(Path.Combine(_directory, "tables.db"));
            Assert.That(Read(owner, new TableKey(table, null)), Is.EqualTo("1:ada 2:bob 3:eve"));
            File.WriteAllText(Path.Combine(_directory, "tables.db"), new string('x', 5000));
            Assert.That(Read(owner, new TableKey(table, null)), Is.EqualTo("1:ada 2:bob 3:eve"));
            Assert.That(Read(owner, new TableKey(table, 1)), Is.EqualTo("1:ada 2:bob"));
        });
    }

    [Test]
    public async Task The_index_follows_changes()
    {
        string table;
        long owner;
        await using (var test = await TestServer.StartAsync(_directory, options => options, TimeProvider.System, ownsDirectory: false))
        {
            var work = new TableWork(test.Owner);
            owner = test.Server.FirstUser.PrincipalId;
            table = await work.TableAsync(await work.ColumnAsync("name", "STRING"));
            await work.LoadAsync(table, "name\nada\nbob\n");
        }

        var key = new TableKey(long.Parse(table[3..], CultureInfo.InvariantCulture), null);
        var before = Read(owner, key);
        await using (var test = await TestServer.StartAsync(_directory, options => options, TimeProvider.System, ownsDirectory: false))
        {
            var work = new TableWork(test.Owner);
            await work.LoadAsync(table, "ROW_ID,ROW_VERSION\n1,1\n");
            await work.LoadAsync(table, "ROW_ID,ROW_VERSION,name\n2,1,bea\n,,eve\n");
        }

        Assert.Multiple(() =>
        {
            Assert.That(before, Is.EqualTo("1:ada 2:bob"));
            Assert.That(Read(owner, key), Is.EqualTo("2:bea 3:eve"));
        });
    }

    [Test]
    public async Task A_hundred_thousand_rows_are_loaded_and_indexed()
    {
        var csv = new StringBuilder("name\n");
        for (var i = 0; i < 100_000; i++)
        {
            csv.Append(CultureInfo.InvariantCulture, $"\"row number {i}\"\n");
        }

        var (table, owner) = await FillAsync(csv.ToString());

        Assert.That(Read(owner, new TableKey(table, null)), Does.EndWith(" 100000:row number 99999 100001:eve"));
    }

    // A table of these rows, a snapshot of it, and then one row more; the server has ended.
    private async Task<(long Table, long Owner)> FillAsync(string csv)
    {
        await using var test = await TestServer.StartAsync(_directory, options => options, TimeProvider.System, ownsDirectory: false);
        var work = new TableWork(test.Owner);
        var name = await work.ColumnAsync("name", "STRING");
        var table = await work.TableAsync(name);
        await work.LoadAsync(table, csv);
        await test.Owner.DoAsync("POST", $"/repo/v1/entity/{table}/table/snapshot", new System.Text.Json.Nodes.JsonObject());
        await work.ChangeAsync(table, TableWork.Rows(table, [name], (null, null, ["eve"])));
        return (long.Parse(table[3..], CultureInfo.InvariantCulture), test.Server.FirstUser.PrincipalId);
    }

    private string Read(long owner, TableKey key)
    {
        using var world = Open();
        var source = world.TableSources.Require(CallerOf(world, owner), key);
        using var reader = world.TableIndex.OpenReader();
        using var command = reader.CreateCommand();
#pragma warning disable CA2100 // Names of the index.
        command.CommandText =
            $"SELECT group_concat(ROW_ID || ':' || {IndexNames.Column(source.Columns[0])}, ' ') FROM {IndexNames.Table(source.Key)}";
#pragma warning restore CA2100
        return (string)command.ExecuteScalar()!;
    }

    private SynapseWorld Open() => SynapseWorld.Open(new ServerOptions { DataDirectory = _directory }, TimeProvider.System);

    private static Caller CallerOf(SynapseWorld world, long owner) => world.Callers.Of(world.Users.Get(owner)!, ["view", "download"]);
}
