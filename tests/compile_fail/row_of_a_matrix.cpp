// SPDX-License-Identifier: BSL-1.0
// fails: -DROW
// says: (no matching function|no matching conversion|constraints not satisfied)
#include <baro/core/answers.hpp>

#include <Eigen/Core>

int main() {
  const Eigen::MatrixXd table = Eigen::MatrixXd::Ones(3, 3);
#ifdef ROW
  return baro::answers(table.row(1)).size() == 3 ? 0 : 1;  // every third number of the memory
#else
  return baro::answers(table.col(1)).size() == 3 ? 0 : 1;
#endif
}
