using SynapseFs.Core.Staging;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Tests.Writing;

internal sealed class ContentMapTests
{
    // Base up to 10, holes from 10 on, 4-6 and 14-16 written, 20 bytes.
    private static ContentMap Map() => new(ExtentSet.Parse("4-6,14-16"), 20, 10);

    [TestCase(0, "Base", 4)]
    [TestCase(3, "Base", 4)]
    [TestCase(4, "Written", 6)]
    [TestCase(5, "Written", 6)]
    [TestCase(6, "Base", 10)]
    [TestCase(10, "Zeros", 14)]
    [TestCase(15, "Written", 16)]
    [TestCase(16, "Zeros", 20)]
    public void Each_offset_shows_one_source(long offset, string source, long to)
    {
        var piece = Map().PieceAt(offset, 20);

        Assert.That((piece.Source.ToString(), piece.To), Is.EqualTo((source, to)));
    }

    [TestCase(0, 2, 2)]
    [TestCase(4, 5, 5)]
    [TestCase(10, 12, 12)]
    public void A_piece_ends_where_the_reader_does(long offset, long to, long end) =>
        Assert.That(Map().PieceAt(offset, to).To, Is.EqualTo(end));

    [TestCase(0, SeekTarget.Data, 0)]
    [TestCase(9, SeekTarget.Data, 9)]
    [TestCase(10, SeekTarget.Data, 14)]
    [TestCase(15, SeekTarget.Data, 15)]
    [TestCase(0, SeekTarget.Hole, 10)]
    [TestCase(5, SeekTarget.Hole, 10)]
    [TestCase(11, SeekTarget.Hole, 11)]
    [TestCase(14, SeekTarget.Hole, 16)]
    [TestCase(19, SeekTarget.Hole, 19)]
    public void Data_is_what_was_written_or_lies_below(long offset, SeekTarget target, long found) =>
        Assert.That(Map().Seek(offset, target), Is.EqualTo(found));

    [TestCase(16, SeekTarget.Data)]
    [TestCase(20, SeekTarget.Data)]
    [TestCase(20, SeekTarget.Hole)]
    [TestCase(-1, SeekTarget.Hole)]
    public void Beyond_the_last_data_and_beyond_the_end_there_is_none(long offset, SeekTarget target) =>
        Assert.That(() => Map().Seek(offset, target), Fails.With(FsError.NoData));

    [Test]
    public void The_end_of_a_file_full_of_data_is_a_hole() =>
        Assert.That(new ContentMap(ExtentSet.Parse("0-5"), 5, 0).Seek(2, SeekTarget.Hole), Is.EqualTo(5));

    [TestCase(0, 4, "0-6,14-16")]
    [TestCase(8, 15, "4-6,8-10,15-16")]
    [TestCase(12, 99, "4-6")]
    [TestCase(30, 40, "4-6,14-16")]
    public void Zeros_count_as_written_over_the_base_and_as_holes_elsewhere(long from, long to, string written)
    {
        var map = Map();

        map.Zero(from, to);

        Assert.That((map.WrittenText, map.Length), Is.EqualTo((written, 20)));
    }

    [Test]
    public void What_was_cut_off_does_not_come_back()
    {
        var map = Map();

        map.SetLength(5);
        map.SetLength(20);

        Assert.That((map.WrittenText, map.BaseLimit, map.Length), Is.EqualTo(("4-5", 5, 20)));
    }

    [TestCase("", 10, 10, true)]
    [TestCase("0-10", 10, 10, false)]
    [TestCase("0-4,4-12", 10, 12, false)]
    [TestCase("2-10", 10, 10, true)]
    [TestCase("", 10, 0, false)]
    public void The_base_shows_where_it_is_not_covered(string written, long length, long baseLimit, bool shows)
    {
        var extents = new ExtentSet();
        foreach (var range in written.Split(',', StringSplitOptions.RemoveEmptyEntries))
            extents.Add(long.Parse(range.Split('-')[0]), long.Parse(range.Split('-')[1]));

        Assert.That(new ContentMap(extents, Math.Max(length, extents.End), baseLimit).ShowsBase, Is.EqualTo(shows));
    }
}
